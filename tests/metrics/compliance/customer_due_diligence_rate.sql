-- 客户尽职调查完成率: customers identified with all documents, of the business that requires it: premium of 20,000 in cash or
-- 200,000 by transfer, refunds of 10,000, by date of the business.
select
    diligence.occurred_date as business_date,
    diligence.organisation_code,
    policy.channel_code,
    policy.product_code,
    coalesce(policy.intermediary_code, '(unknown)') as intermediary_code,
    cast(diligence.identified_date is not null and diligence.is_complete as integer) as numerator,
    1 as denominator
from latest.customer_due_diligence as diligence
inner join raw.policy_admin.policy as policy on diligence.policy_number = policy.policy_number
where
    (diligence.business_kind = 'premium_cash' and diligence.business_amount >= 20000)
    or (diligence.business_kind = 'premium_transfer' and diligence.business_amount >= 200000)
    or (diligence.business_kind = 'surrender' and diligence.business_amount >= 10000)
