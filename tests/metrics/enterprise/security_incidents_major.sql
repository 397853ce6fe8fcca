-- 重大信息安全事件数: of the incidents of information security, those of level 1.
select found_date as business_date, organisation_code, 1 as numerator, null as denominator
from latest.security_incident
where incident_kind in ('phishing', 'malware', 'access_violation', 'data_exposure') and incident_level = 1
