-- 犹豫期内电话回访成功率: of policies with a free-look period that is over and that were not handed back in it, those called back
-- with success on or before its last day; by day of issue.
select
    policy.issue_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    coalesce(policy.intermediary_code, '(unknown)') as intermediary_code,
    cast(exists (
        select 1 from latest.policy_callback as callback
        where callback.policy_number = policy.policy_number and callback.succeeded_date <= policy.free_look_end_date
    ) as integer) as numerator,
    1 as denominator
from raw.policy_admin.policy as policy
cross join as_of
where
    policy.free_look_end_date < as_of.as_of_date
    and not exists (
        select 1 from latest.servicing_request as request
        where
            request.policy_number = policy.policy_number and request.request_status = 'completed'
            and request.servicing_type = 'free_look_cancellation' and request.applied_date <= policy.free_look_end_date
    )
