-- 保全时效: days from application to approval, averaged over requests approved in the period.
-- What the system records by itself (lapse, expiry, death claim) and renewals are no application of a customer.
select
    request.completed_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    request.completed_date - request.applied_date as numerator,
    1 as denominator
from latest.servicing_request as request
inner join raw.policy_admin.policy as policy on request.policy_number = policy.policy_number
where
    request.request_status = 'completed'
    and request.servicing_type in (
        'contact_change', 'beneficiary_change', 'policy_loan', 'free_look_cancellation', 'surrender', 'reinstatement'
    )
