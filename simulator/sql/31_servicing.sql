-- Endorsements and servicing requests: what changes a policy's state, and what customers ask for in between.
-- Cases of rule CR21: days from issue to a change of the contact number, and whether the policyholder took the call-back.
create table world.planted_contact_change as
with cases(case_number, change_day, is_withdrawn, is_answered_by_holder, case_kind, explanation) as (
    values
    (2101, 3, false, false, 'fire', 'number changed on day 3, somebody else took the call-back'),
    (2102, 15, false, false, 'fire', 'boundary: number changed on day 15, somebody else took the call-back'),
    (2103, 16, false, false, 'silent', 'boundary: number changed on day 16'),
    (2104, 5, false, true, 'silent', 'near miss: number changed on day 5, the policyholder took the call-back'),
    (2105, null, false, false, 'silent', 'near miss: somebody else took the call-back, no number was changed'),
    (2106, 4, true, false, 'silent', 'near miss: the change of day 4 was withdrawn')
),

candidates as (
    select policy.policy_id, policy.issue_date, row_number() over (order by uniform('planted_change', policy.policy_id)) as place
    from world.policy
    inner join world.policy_fate on policy_fate.policy_id = policy.policy_id
    where policy.is_long_term and policy.company_code = 'LIFE' and policy.channel_code = 'AGENCY' and not policy.is_planted
        and policy.issue_date between as_of() - 220 and as_of() - 60
        and policy_fate.free_look_date is null and policy_fate.surrender_date is null and policy_fate.death_date is null
)

select cases.*, candidates.policy_id, candidates.issue_date
from (select *, row_number() over (order by case_number) as place from cases) as cases
inner join candidates on candidates.place = cases.place;

create table world.servicing_request as
with paid_so_far as (
    select policy_id, sum(premium_amount) as paid_amount from world.premium group by policy_id
),

state_changes as (
    select policy_id, 1 as kind, 'free_look_cancellation' as servicing_type, free_look_date as applied_date,
        free_look_date + whole('free_look_days', policy_id, 0, 2)::integer as completed_date, 1.0 as refund_share, null::date as new_expiry_date
    from world.policy_fate where free_look_date is not null
    union all
    select policy_fate.policy_id, 2, 'surrender', surrender_date,
        surrender_date + case when policy.is_planted then 0 else whole('surrender_days', policy_fate.policy_id, 0, 3) end::integer,
        case when policy.payment_frequency = 'single' and policy.is_long_term then 0.96
            when policy.is_long_term then 0.30 + 0.35 * uniform('cash_value', policy_fate.policy_id) else 0.45 * uniform('cash_value', policy_fate.policy_id) end, null
    from world.policy_fate
    inner join world.policy on policy.policy_id = policy_fate.policy_id
    where surrender_date is not null
    union all
    select policy_id, 3, 'lapse', lapse_date, lapse_date, null, null from world.policy_fate where lapse_date is not null
    union all
    select policy_id, 4, 'reinstatement', reinstated_date - 1, reinstated_date, null, null from world.policy_fate where reinstated_date is not null
    union all
    select policy_id, 5, 'death_claim_termination', event_date, event_date, null, null
    from world.claim_stage where claim_type = 'death' and stage = 'paid'
    union all
    select premium.policy_id, 10 + premium.term, 'renewal', premium.accounting_date, premium.accounting_date, null,
        (policy.expiry_date + to_years(premium.term::integer))::date
    from world.premium
    inner join world.policy on policy.policy_id = premium.policy_id
    where premium.is_renewal
    union all
    select cover.policy_id, 6, 'expiry', cover.expiry_date + 1, cover.expiry_date + 1, null, null
    from world.cover
    inner join world.policy on policy.policy_id = cover.policy_id
    where cover.expiry_date = cover.end_date and cover.expiry_date < as_of() and not policy.is_micro
),

asked as (
    select
        policy.policy_id,
        policy.policy_id * 100 + unnest(range(event_count(
            uniform('requests', policy.policy_id),
            greatest(date_diff('day', policy.issue_date, least(cover.end_date, as_of())), 0) / 365.25 * case when policy.is_long_term then 0.32 else 0.10 end
        ))) as request_id,
        policy.issue_date,
        policy.is_long_term,
        least(cover.end_date, as_of()) as until_date
    from world.policy
    inner join world.cover on cover.policy_id = policy.policy_id
    where not policy.is_micro and not policy.is_planted
),

asked_dated as (
    select
        *,
        chosen('request_type', request_id, case when is_long_term
            then ['contact_change', 'contact_change', 'beneficiary_change', 'policy_loan'] else ['contact_change', 'contact_change', 'beneficiary_change'] end) as servicing_type,
        issue_date + 20 + floor(uniform('request_day', request_id) * greatest(date_diff('day', issue_date, until_date) - 20, 0))::integer as applied_date
    from asked
),

everything as (
    select policy_id, policy_id * 100 + 50 + kind as request_id, servicing_type, applied_date, completed_date, refund_share, new_expiry_date, false as is_withdrawn
    from state_changes
    union all
    select policy_id, request_id, servicing_type, applied_date,
        applied_date + case when uniform('request_days', request_id) < 0.62 then 0 when uniform('request_days', request_id) < 0.993
            then whole('some_days', request_id, 1, case when year(applied_date) = 2020 then 4 else 3 end) else whole('many_days', request_id, 6, 12) end::integer,
        null, null, uniform('withdrawn', request_id) < 0.015
    from asked_dated
    where applied_date <= until_date
    union all
    select policy_id, policy_id * 100 + 90, 'contact_change', issue_date + change_day::integer, issue_date + change_day::integer, null, null, is_withdrawn
    from world.planted_contact_change
    where change_day is not null
)

select
    'S' || strftime(everything.applied_date, '%Y%m%d') || lpad(((everything.request_id * 7919 + 3) % 100000000000)::varchar, 11, '0') as request_number,
    everything.policy_id,
    policy.policy_number,
    policy.customer_id,
    policy.organisation_code,
    everything.servicing_type,
    everything.applied_date,
    everything.completed_date,
    everything.is_withdrawn,
    everything.new_expiry_date,
    case
        when everything.servicing_type = 'policy_loan' then round(0.2 * paid_so_far.paid_amount, 2)
        else round(everything.refund_share * paid_so_far.paid_amount, 2)
    end::decimal(18, 2) as refund_amount
from everything
inner join world.policy on policy.policy_id = everything.policy_id
inner join paid_so_far on paid_so_far.policy_id = everything.policy_id
where everything.applied_date <= as_of();

create table delivery.policy_admin__servicing_request as
with changes as (
    select request_number, unnest([applied_date, completed_date]) as happened from world.servicing_request
),

versions as (
    select distinct request_number, delivered_on(happened) as dt from changes where happened <= as_of()
)

select
    versions.dt,
    servicing_request.request_number,
    policy_number,
    servicing_type,
    case when completed_date > versions.dt then 'open' when is_withdrawn then 'withdrawn' else 'completed' end as request_status,
    applied_date,
    case when completed_date <= versions.dt and not is_withdrawn then completed_date end as completed_date,
    new_expiry_date,
    case when completed_date <= versions.dt and not is_withdrawn then refund_amount end as refund_amount
from versions
inner join world.servicing_request on servicing_request.request_number = versions.request_number;
