-- Delivery of policies, scenario covers apart, stage by stage, and the recordings of sales.
create table world.policy_delivery as
with drawn as (
    select
        policy_id, policy_number, issue_date, effective_date, application_date, organisation_code, company_code, channel_code, is_electronic,
        year(issue_date) as issue_year,
        starts_with(organisation_code, 'LIFE_SX') as is_shanxi,
        uniform('sign_late', policy_id) as late_draw,
        row_number() over (
            partition by organisation_code[:7], year(issue_date) order by is_electronic, uniform('paper_copy', policy_id)
        ) as paper_rank,
        row_number() over (
            partition by company_code, year(issue_date) order by not is_electronic, uniform('paper_copy', policy_id), policy_id
        ) <= round(pace.paperless_share * count(*) over (partition by company_code, year(issue_date))) as needs_no_copy
    from world.policy
    left join world.paperless_pace as pace on pace.year_number = clamped(year(policy.issue_date), 2014, 2022)
    where not is_micro
),

-- Shanxi printed 508,000 policies in 2016, a thousandth of which is told here, as far as that many were sold. The life insurer's
-- customers ask for a paper copy of one electronic policy in ten; the property insurer prints all but those it does without paper.
printed as (
    select
        *,
        case when is_shanxi and issue_year = 2016 then paper_rank <= sized(508)
            when company_code = 'PROP' then not (is_electronic and needs_no_copy)
            else not is_electronic or uniform('paper_copy', policy_id) < 0.1 end as is_printed,
        is_electronic or (is_shanxi and issue_year = 2016 and paper_rank > sized(508)) as is_paperless
    from drawn
),

-- Cover begins the day after issue and paper is printed that day, in one case of seven a day later outside Shanxi. Parcels took four
-- days from the company to the Shanxi branch in 2015 and two from 2016; elsewhere five in 2014, two from 2020.
sent as (
    select
        *,
        case when company_code = 'PROP' then issue_date
            else effective_date + case when is_shanxi or is_paperless then 0 else (uniform('print', policy_id) < 0.15)::integer end end::date as printed_on,
        case when is_shanxi and issue_year >= 2016 then paper_rank % 3 + 1
            when is_shanxi then paper_rank % 3 + 3
            else round(clamped(5 - 0.5 * (issue_year - 2014), 2, 5)) + whole('transfer', policy_id, -1, 1) end::integer as transfer_days,
        case when is_shanxi and issue_year in (2015, 2016) then 0 else whole('send', policy_id, 0, 1) end as send_days
    from printed
),

-- From April 2016 every Shanxi policy was signed within 15 days: parcels of policies that took long to underwrite go by express.
received as (
    select
        *,
        printed_on + send_days as sent_on,
        is_shanxi and issue_date >= date '2016-04-01' and issue_year = 2016 as is_campaign,
        case when is_shanxi and issue_date >= date '2016-04-01' and issue_year = 2016
            then greatest(least(printed_on + send_days + transfer_days, application_date + 14), printed_on + send_days)
            else printed_on + send_days + transfer_days end::date as received_on,
        -- The share signed after 15 days falls from 12 % in 2014 to 4 % in 2019 and 0.3 % in 2022 as delivery goes electronic.
        late_draw < case when issue_year >= 2022 then 0.004 when issue_year = 2021 then 0.014 when issue_year = 2020 then 0.030
            else clamped(0.12 - 0.016 * (issue_year - 2014), 0.04, 0.15) end
        * case when is_shanxi then 1.8 else 0.9 end as is_drawn_late
    from sent
),

-- In the campaign 6,500 of the 42,333 policies printed in a month were still unsigned on day 12 and were chased by telephone: the
-- ones that had taken longest. The others signed before day 12.
ranked as (
    select
        *,
        is_drawn_late and not is_campaign as is_late,
        is_campaign and is_printed and row_number() over (partition by is_campaign, is_printed order by is_paperless, application_date - received_on, uniform('chased', policy_id))
        <= round(0.1535 * count(*) over (partition by is_campaign, is_printed)) as is_chased_campaign
    from received
),

signed as (
    select
        *,
        case
            when is_late then application_date + 16 + whole('late_days', policy_id, 0, 24)
            when is_chased_campaign then greatest(application_date + 13 + (late_draw < 0.4)::integer, received_on)
            when is_campaign and is_printed then greatest(least(received_on + floor(4 * uniform('sign', policy_id) ** 1.5)::integer, application_date + 11), received_on)
            when is_paperless then issue_date + (uniform('opened', policy_id) < 0.25)::integer
            else greatest(least(received_on + floor(5 * uniform('sign', policy_id) ** 1.5)::integer, application_date + 15), received_on)
        end::date as signed_on
    from ranked
),

-- Receipts signed in the app: none in 2014, four in ten elsewhere in 2017, nine in ten in 2022. In Datong it was 84 % in 2017.
self_signing as (
    select
        *,
        case when organisation_code like '%\_DT%' escape '\' and issue_year = 2017
            then row_number() over (partition by organisation_code, issue_year order by is_late, uniform('self_signed', policy_id))
                <= round(0.84 * count(*) over (partition by organisation_code, issue_year))
            else not is_late and uniform('self_signed', policy_id) < case when is_paperless then 0.97 else clamped(0.12 * (issue_year - 2014), 0, 0.72) end
        end as is_self_signed
    from signed
)

select
    policy_id,
    policy_number,
    application_date,
    issue_date,
    organisation_code,
    is_paperless as is_electronic,
    is_printed and not is_paperless as is_chasable,
    case when is_printed then printed_on end as printed_date,
    case when is_paperless then issue_date else sent_on end::date as sent_date,
    case when not is_paperless then received_on end as received_date,
    signed_on as signed_date,
    is_self_signed,
    is_campaign,
    is_chased_campaign
from self_signing;

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
