-- 数字化投保率: policies issued whose application was signed electronically over policies issued.
select issue_date as business_date, organisation_code, channel_code, product_code, is_electronic::integer as numerator, 1 as denominator
from raw.policy_admin.policy
