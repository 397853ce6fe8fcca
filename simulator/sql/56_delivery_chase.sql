-- What is not signed on day 12 after the application is chased by telephone, every other day, six times at most; once suffices in
-- the Shanxi campaign.
create table world.delivery_chase as
with calls as (
    select *, unnest(range(case when is_campaign then 1 else least(6, 1 + (signed_date - application_date - 13) // 2) end::integer)) as call_index
    from world.policy_delivery
    where is_chasable and signed_date > application_date + 12
)

select
    'Z' || policy_number[3:] || lpad((call_index + 1)::varchar, 2, '0') as chase_number,
    policy_id * 10 + call_index as chase_id,
    policy_number,
    greatest(application_date + 12 + 2 * call_index::integer, issue_date)::date as called_date,
    signed_date,
    application_date,
    call_index
from calls;

create table delivery.policy_admin__delivery_chase as
select
    delivered_yearly(called_date) as dt,
    chase_number,
    policy_number,
    (call_index + 1)::integer as chase_sequence,
    called_date,
    day_start(called_date) + to_seconds((32400 + floor(30600 * uniform('chase_time', chase_id)))::bigint) as called_at,
    (called_date - application_date)::integer as application_to_call_days,
    case when signed_date - called_date <= 2 then 'reached' else chosen('chase_result', chase_id, ['reached', 'no_answer', 'no_answer', 'wrong_number']) end as call_result,
    chosen('chase_cause', chase_id, ['customer_away', 'customer_away', 'agent_holds_policy', 'agent_holds_policy', 'address_incomplete', 'courier_delay']) as cause_code
from world.delivery_chase
where called_date <= as_of();
