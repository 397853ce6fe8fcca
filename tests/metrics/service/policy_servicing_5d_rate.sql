-- 保全5日处理完成率: of the requests taken in during the period (受理件数, open ones too), those approved within 5 days.
-- What the system records by itself (lapse, expiry, death claim) and renewals are no application of a customer.
select
    request.applied_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    coalesce(cast(request.request_status = 'completed' and request.completed_date - request.applied_date <= 5 as integer), 0)
        as numerator,
    1 as denominator
from latest.servicing_request as request
inner join raw.policy_admin.policy as policy on request.policy_number = policy.policy_number
where request.servicing_type in (
    'contact_change', 'beneficiary_change', 'policy_loan', 'free_look_cancellation', 'surrender', 'reinstatement'
)
