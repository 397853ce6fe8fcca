-- 客户信息真实性合格率: long-term policies with name, identity document, telephone and address all passed, over all long-term
-- policies, by date of issue.
select
    policy.issue_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    coalesce(policy.intermediary_code, '(unknown)') as intermediary_code,
    cast(exists (
        select 1 from latest.information_check as result
        where
            result.policy_number = policy.policy_number
            and [result.name_result, result.id_number_result, result.mobile_result, result.address_result]
            = ['passed', 'passed', 'passed', 'passed']
    ) as integer) as numerator,
    1 as denominator
from raw.policy_admin.policy as policy
inner join latest.product as product on policy.product_code = product.product_code
where product.is_long_term
