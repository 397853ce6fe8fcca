-- 年化新保费: annualised first-year premium of regular policies plus a tenth of single premium; cover up to a year left out.
select
    policy.issue_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    policy.premium_amount * case when policy.payment_frequency = 'single' then 0.1 else 1 end as numerator,
    null as denominator
from raw.policy_admin.policy as policy
inner join latest.product as product on policy.product_code = product.product_code
where product.is_long_term
