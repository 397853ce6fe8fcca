-- Delivery of policies, scenario covers apart, stage by stage, and the recordings of sales.
create table world.policy_delivery as
with stages as (
    select
        policy.policy_id,
        policy.policy_number,
        policy.issue_date,
        policy.application_date,
        policy.organisation_code,
        policy.is_electronic,
        policy.issue_date + case when policy.is_electronic then 0 else (uniform('print', policy_id) < 0.15)::integer end as printed_date,
        policy.is_electronic or uniform('self_signed', policy_id) < 0.2 as may_self_sign,
        whole('send', policy_id, 0, 1)::integer as send_days,
        whole('transfer', policy_id, 1, 3)::integer as transfer_days,
        floor(5 * uniform('sign', policy_id) ** 1.5)::integer as sign_days,
        -- The share signed after 15 days falls from 3 % to 0.3 % as delivery goes electronic.
        uniform('sign_late', policy_id) < case year(policy.issue_date) when 2020 then 0.030 when 2021 then 0.014 else 0.004 end
        * case when policy.organisation_code = 'LIFE_SX' then 1.8 else 0.9 end as is_late
    from world.policy
    where not policy.is_micro
)

select
    policy_id,
    policy_number,
    issue_date,
    is_electronic,
    case when not is_electronic or uniform('paper_copy', policy_id) < 0.1 then printed_date end as printed_date,
    case when is_electronic then issue_date else printed_date + send_days end as sent_date,
    case when not is_electronic then printed_date + send_days + transfer_days end as received_date,
    case
        when is_late then application_date + 16 + whole('late_days', policy_id, 0, 24)::integer
        when is_electronic then issue_date + (uniform('opened', policy_id) < 0.25)::integer
        else greatest(least(printed_date + send_days + transfer_days + sign_days, application_date + 15), printed_date + send_days + transfer_days)
    end as signed_date,
    may_self_sign and not is_late as is_self_signed
from stages;

create table delivery.policy_admin__policy_delivery as
with changes as (
    select policy_id, unnest([issue_date, printed_date, sent_date, received_date, signed_date]) as happened from world.policy_delivery
),

versions as (
    select distinct policy_id, delivered_on(happened) as dt from changes where happened is not null and happened <= as_of()
)

select
    versions.dt,
    policy_number,
    issue_date,
    case when is_electronic then 'electronic' else 'paper' end as delivery_method,
    case when printed_date <= versions.dt then printed_date end as printed_date,
    case when sent_date <= versions.dt then sent_date end as sent_date,
    case when received_date <= versions.dt then received_date end as received_date,
    case when signed_date <= versions.dt then signed_date end as signed_date,
    case when signed_date <= versions.dt then is_self_signed end as is_self_signed
from versions
inner join world.policy_delivery on policy_delivery.policy_id = versions.policy_id;

-- A recording is required for cover of more than one year sold by a bank, or to a person of 60 or more.
create table world.recording as
with sales as (
    select
        policy.*,
        policy.is_long_term and (policy.channel_code = 'BANC' or policy.applicant_age >= 60) as is_required,
        planted_policy.recording as planted,
        uniform('first_take', policy.policy_id) < 0.028 as fails_first
    from world.policy
    left join world.planted_policy on planted_policy.planted_number = policy.planted_number
    where policy.company_code = 'LIFE'
),

takes as (
    select *, unnest(case
        when planted = 'none' then []
        when planted = 'failed' then [1]
        when planted = 'pending' then [3]
        when planted = 'failed_then_passed' or (fails_first and is_required) then [1, 2]
        when is_required then [2]
        when is_long_term and uniform('voluntary', policy_id) < 0.06 then case when uniform('first_take', policy_id) > 0.9 then [1] else [2] end
        else [] end) as take
    from sales
)

select
    'D' || strftime(application_date, '%Y%m%d') || lpad(((policy_id * 10 + take) % 10000000000)::varchar, 10, '0') as recording_number,
    policy_id,
    policy_number,
    issue_date,
    application_date as recorded_date,
    case take when 1 then 'failed' when 2 then 'passed' else 'pending' end as final_result,
    case when take < 3 then least(
        application_date + whole('check_days', policy_id * 10 + take, 0, 2)::integer, issue_date + (application_date < issue_date)::integer
    ) end as checked_date
from takes;

create table delivery.compliance__dual_recording as
with changes as (
    select recording_number, unnest([issue_date, greatest(issue_date, checked_date)]) as happened from world.recording
),

versions as (
    select distinct recording_number, delivered_on(happened) as dt from changes where happened is not null and happened <= as_of()
)

select
    versions.dt,
    recording.recording_number,
    policy_number,
    recorded_date,
    case when checked_date <= versions.dt then final_result else 'pending' end as quality_result,
    case when checked_date <= versions.dt then checked_date end as checked_date
from versions
inner join world.recording on recording.recording_number = versions.recording_number;
