-- 信息安全事件数: incidents of information security found, complaints and nonconformities apart.
select found_date as business_date, organisation_code, 1 as numerator, null as denominator
from latest.security_incident
where incident_kind in ('phishing', 'malware', 'access_violation', 'data_exposure')
