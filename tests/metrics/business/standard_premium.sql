-- 标准保费: first-year premium of policies issued times a coefficient: universal and unit-linked 0, cover up to a year 1,
-- long single premium 0.1, long regular premium min(payment term / 10, 1).
select
    policy.issue_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    policy.premium_amount * case
        when product.design_type in ('universal', 'unit_linked') then 0
        when not product.is_long_term then 1
        when policy.payment_frequency = 'single' then 0.1
        else least(policy.payment_term_years / 10.0, 1)
    end as numerator,
    null as denominator
from raw.policy_admin.policy as policy
inner join latest.product as product on policy.product_code = product.product_code
