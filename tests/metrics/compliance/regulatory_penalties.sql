-- 监管处罚次数: penalties on institutions and persons, by date of the decision.
select
    decided_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    1 as numerator,
    null as denominator
from raw.compliance.regulatory_penalty
