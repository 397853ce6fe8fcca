-- 监管处罚金额: fines on institutions and persons, by date of the decision.
select
    decided_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    penalty_amount as numerator,
    null as denominator
from raw.compliance.regulatory_penalty
