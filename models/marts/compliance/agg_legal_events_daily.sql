with

contracts as (

    select * from {{ ref('stg_legal__contracts') }}
    where approved_date is not null

),

lawsuits as (

    select * from {{ ref('stg_legal__lawsuits') }}
    where closed_date is not null

),

criminal_cases as (

    select * from {{ ref('stg_legal__criminal_cases') }}

),

penalties as (

    select * from {{ ref('stg_compliance__regulatory_penalties') }}

),

results as (

    select * from {{ ref('lawsuit_results') }}

),

parameters as (

    select * from {{ ref('compliance_parameters') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

-- Working days after the day of submission, those the department took for corrections apart.
approved as (

    select
        contracts.approved_date as event_date,
        contracts.organisation_code,
        count(*) as approved_contract_count,
        sum(approved_days.working_day_number - submitted_days.working_day_number - coalesce(contracts.returned_days, 0))
            as contract_approval_working_days,
        sum(coalesce(contracts.returned_days, 0)) as contract_correction_working_days
    from contracts
    inner join days as submitted_days on contracts.submitted_date = submitted_days.date_day
    inner join days as approved_days on contracts.approved_date = approved_days.date_day
    group by all

),

-- Only where the group is sued does a claim threaten a loss.
closed as (

    select
        lawsuits.closed_date as event_date,
        lawsuits.organisation_code,
        count(*) as closed_lawsuit_count,
        count(*) filter (where results.is_favourable) as favourable_lawsuit_count,
        count(*) filter (where lawsuits.closed_date <= lawsuits.time_limit_date) as in_time_lawsuit_count,
        sum(lawsuits.claimed_amount) filter (where lawsuits.party_role = 'defendant') as defended_claimed_amount,
        sum(lawsuits.claimed_amount - coalesce(lawsuits.borne_amount, 0))
            filter (where lawsuits.party_role = 'defendant') as avoided_amount
    from lawsuits
    left join results on lawsuits.lawsuit_result = results.lawsuit_result
    group by all

),

case_deadlines as (

    select
        criminal_cases.organisation_code,
        criminal_cases.reported_date,
        due_days.date_day as due_date,
        criminal_cases.involved_amount >= parameters.major_case_involved_amount
        or (
            criminal_cases.exposure_amount >= parameters.major_case_exposure_amount
            and criminal_cases.exposure_amount >= parameters.major_case_net_asset_ratio * criminal_cases.net_asset_amount
        ) as is_major
    from criminal_cases
    cross join parameters
    inner join days as known_days on criminal_cases.known_date = known_days.date_day
    inner join days as due_days
        on
            due_days.working_day_number = known_days.working_day_number + parameters.criminal_case_report_working_days
            and due_days.is_working_day

),

-- A case counts on the day by which it has to be reported, once that day has come.
due as (

    select
        case_deadlines.due_date as event_date,
        case_deadlines.organisation_code,
        count(*) as due_case_count,
        count(*) filter (where case_deadlines.reported_date <= case_deadlines.due_date) as on_time_case_count,
        count(*) filter (where case_deadlines.is_major) as due_major_case_count,
        count(*) filter (where case_deadlines.is_major and case_deadlines.reported_date <= case_deadlines.due_date)
            as on_time_major_case_count
    from case_deadlines
    cross join as_of
    where case_deadlines.due_date <= as_of.as_of_date
    group by all

),

penalised as (

    select
        decided_date as event_date,
        organisation_code,
        count(*) as penalty_count,
        sum(penalty_amount) as penalty_amount
    from penalties
    group by all

),

events as (

    select * from approved
    union all by name
    select * from closed
    union all by name
    select * from due
    union all by name
    select * from penalised

),

daily as (

    select
        event_date,
        organisation_code,
        cast(coalesce(sum(approved_contract_count), 0) as bigint) as approved_contract_count,
        cast(coalesce(sum(contract_approval_working_days), 0) as bigint) as contract_approval_working_days,
        cast(coalesce(sum(contract_correction_working_days), 0) as bigint) as contract_correction_working_days,
        cast(coalesce(sum(closed_lawsuit_count), 0) as bigint) as closed_lawsuit_count,
        cast(coalesce(sum(favourable_lawsuit_count), 0) as bigint) as favourable_lawsuit_count,
        cast(coalesce(sum(in_time_lawsuit_count), 0) as bigint) as in_time_lawsuit_count,
        cast(coalesce(sum(defended_claimed_amount), 0) as decimal(18, 2)) as defended_claimed_amount,
        cast(coalesce(sum(avoided_amount), 0) as decimal(18, 2)) as avoided_amount,
        cast(coalesce(sum(due_case_count), 0) as bigint) as due_case_count,
        cast(coalesce(sum(on_time_case_count), 0) as bigint) as on_time_case_count,
        cast(coalesce(sum(due_major_case_count), 0) as bigint) as due_major_case_count,
        cast(coalesce(sum(on_time_major_case_count), 0) as bigint) as on_time_major_case_count,
        cast(coalesce(sum(penalty_count), 0) as bigint) as penalty_count,
        cast(coalesce(sum(penalty_amount), 0) as decimal(18, 2)) as penalty_amount
    from events
    group by event_date, organisation_code

)

select * from daily
