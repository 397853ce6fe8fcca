-- One order per case in a final state: paid (Payment Handled) succeeded, last rejected failed. A case only saved was never an
-- order, and one still under way has no final state: neither is delivered.
with states as (
    select
        order_number, min(occurred_at) as requested_at,
        max(occurred_at) filter (where activity = 'Payment Handled') as paid_at,
        arg_max(activity, event_no) as last_activity
    from payment_events
    group by order_number
)

select
    cases.order_number, cases.customer_id, 'TUE' as organisation_code, cases.order_type, 'transfer' as payment_route, cases.amount,
    states.requested_at, states.paid_at as completed_at, cast(states.requested_at as date) as order_date,
    case when states.paid_at is null then 'failed' else 'succeeded' end as order_status,
    case when states.paid_at is null then 'rejected' end as failure_reason,
    null::varchar as payee_organisation_code, null::varchar as bank_card_number
from payment_cases as cases
join states on cases.order_number = states.order_number
where states.paid_at is not null or states.last_activity like '%REJECTED%'
