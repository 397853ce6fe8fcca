-- 信息安全不符合项数: findings against ISO 27001 and 27701.
select found_date as business_date, organisation_code, 1 as numerator, null as denominator
from latest.security_incident
where incident_kind like 'nonconformity%'
