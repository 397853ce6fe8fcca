-- 指尖定损平均用时: minutes per assessment done on the mobile phone, by the day it was done.
select
    task.ended_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    task.duration_minutes_count as numerator,
    1 as denominator
from raw.claims.survey_task as task
inner join raw.claims.claim as claim on task.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where task.task_kind = 'assessment' and task.survey_method = 'mobile'
