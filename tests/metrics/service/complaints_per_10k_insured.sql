-- 万人次投诉量: complaints about life companies forwarded by the regulator x 10,000 over persons insured by the policies issued.
select
    complaint.received_date as business_date,
    complaint.organisation_code,
    null as channel_code,
    null as product_code,
    10000 as numerator,
    0 as denominator
from latest.complaint as complaint
inner join latest.organisation as organisation on complaint.organisation_code = organisation.organisation_code
where complaint.complaint_source = 'regulator' and organisation.company_type = 'life'
union all
select
    policy.issue_date as business_date,
    policy.organisation_code,
    null as channel_code,
    null as product_code,
    0 as numerator,
    1 as denominator
from raw.policy_admin.policy_party as party
inner join raw.policy_admin.policy as policy on party.policy_number = policy.policy_number
inner join latest.organisation as organisation on policy.organisation_code = organisation.organisation_code
where party.party_role = 'insured' and organisation.company_type = 'life'
