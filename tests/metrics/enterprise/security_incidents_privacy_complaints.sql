-- 隐私投诉数: complaints about the use of personal data.
select found_date as business_date, organisation_code, 1 as numerator, null as denominator
from latest.security_incident
where incident_kind = 'privacy_complaint'
