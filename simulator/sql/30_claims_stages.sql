-- Stages as fractions of the time to payment; small and automatic claims skip the survey.
create table world.claim_stage as
with paths as (
    select
        *,
        case
            when conclusion = 'withdrawn' then ['registered', 'applied', 'withdrawn', 'closed']
            when conclusion = 'rejected' then ['registered', 'applied', 'documents_complete', 'assessed', 'rejected', 'closed']
            when conclusion = 'zero' then ['registered', 'applied', 'documents_complete', 'assessed', 'approved', 'closed']
            when is_micro then ['registered', 'applied', 'approved', 'paid', 'closed']
            when claim_type in ('motor_damage', 'motor_injury', 'property_damage') and claimed_amount >= 2000
                then ['registered', 'applied', 'surveyed', 'documents_complete', 'assessed', 'approved', 'paid', 'closed']
            else ['registered', 'applied', 'documents_complete', 'assessed', 'approved', 'paid', 'closed']
        end as stages,
        claim_type like 'motor%' as is_motor
    from world.claim
),

steps as (
    select *, unnest(range(1, len(stages) + 1)) as step from paths
),

named as (
    select *, stages[step] as stage, claim_id * 10 + step as event_id from steps
),

timed as (
    select
        *,
        reported_at + to_seconds(floor(3600 * pay_hours * case stage
            when 'registered' then 0.002
            when 'applied' then case when is_motor or is_micro then 0.02 else 0.18 end
            when 'surveyed' then 0.12 + 0.10 * uniform('stage', event_id)
            when 'documents_complete' then 0.30 + 0.15 * uniform('stage', event_id)
            when 'assessed' then 0.55 + 0.15 * uniform('stage', event_id)
            when 'approved' then case when conclusion = 'zero' then 1.0 else 0.80 + 0.15 * uniform('stage', event_id) end
            when 'closed' then 1.0 + case when is_motor then 0 else 0.04 * uniform('stage', event_id) end
            else 1.0 end)::bigint + case when stage = 'closed' then 20 else step end) as occurred_at
    from named
)

select
    'V' || claim_number[3:] || lpad(step::varchar, 2, '0') as event_number,
    claim_id,
    claim_number,
    policy_id,
    policy_number,
    claim_type,
    is_micro,
    stage,
    occurred_at,
    occurred_at::date as event_date,
    case when stage in ('assessed', 'approved', 'paid') then settled_amount end as amount,
    case when stage = 'closed' then conclusion end as conclusion,
    is_micro or (is_automatic_paid and stage <> 'surveyed') or (stage in ('registered', 'assessed') and claimed_amount < 3000 and uniform('automatic', event_id) < 0.35) as is_automatic
from timed
where occurred_at::date <= as_of();

create table delivery.claims__claim_stage_event as
select
    delivered_on(event_date) as dt, event_number, claim_number, stage, occurred_at, event_date, amount, conclusion, is_automatic
from world.claim_stage;
