-- 犹豫期退保率: of the policies with a free-look period issued in the period, the share later cancelled in it.
select
    policy.issue_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    cast(exists (
        select 1 from latest.servicing_request as request
        where
            request.policy_number = policy.policy_number and request.request_status = 'completed'
            and request.servicing_type = 'free_look_cancellation'
    ) as integer) as numerator,
    1 as denominator
from raw.policy_admin.policy as policy
where policy.free_look_end_date is not null
