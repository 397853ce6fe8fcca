-- 十年期及以上期交占比: of the first-year premium of long-term policies issued and not paid at once, the part paid over ten years or
-- more. The policies are the same above and below, so a later cancellation changes neither.
select
    policy.issue_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    case when policy.payment_term_years >= 10 then policy.premium_amount else 0 end as numerator,
    policy.premium_amount as denominator
from raw.policy_admin.policy as policy
inner join latest.product as product on policy.product_code = product.product_code
where product.is_long_term and policy.payment_frequency <> 'single'
