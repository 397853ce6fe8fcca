-- 每分钟出单量峰值: the most policies one company issued in one minute by the clock.
-- combine: maximum
select
    policy.issue_date as business_date,
    company.company_code as organisation_code,
    date_trunc('minute', policy.issued_at) as issue_minute,
    count(*) as numerator
from raw.policy_admin.policy as policy
inner join organisation_tree as company on policy.organisation_code = company.organisation_code
group by policy.issue_date, company.company_code, date_trunc('minute', policy.issued_at)
