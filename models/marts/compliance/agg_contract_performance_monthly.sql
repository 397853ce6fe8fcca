with

milestones as (

    select * from {{ ref('stg_legal__contract_milestones') }}

),

contracts as (

    select * from {{ ref('stg_legal__contracts') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

months as (

    select cast(unnest(generate_series(
        date_trunc('month', min(milestones.due_date)), max(as_of.as_of_date), interval 1 month
    )) as date) as month_start_date
    from milestones
    cross join as_of

),

snapshots as (

    select
        months.month_start_date,
        least(last_day(months.month_start_date), as_of.as_of_date) as snapshot_date
    from months
    cross join as_of

),

-- To be performed in a month: what falls due in it, and what earlier months have left open.
contract_months as (

    select
        snapshots.snapshot_date,
        contracts.organisation_code,
        milestones.contract_number,
        bool_or(
            milestones.due_date < snapshots.snapshot_date
            and coalesce(milestones.done_date, date '9999-12-31') > snapshots.snapshot_date
        ) as is_overdue
    from milestones
    inner join contracts on milestones.contract_number = contracts.contract_number
    inner join snapshots
        on
            milestones.due_date <= snapshots.snapshot_date
            and greatest(milestones.due_date, coalesce(milestones.done_date, date '9999-12-31')) >= snapshots.month_start_date
    group by all

),

organisations as (

    select
        organisation_code,
        min(snapshot_date) as first_date
    from contract_months
    group by organisation_code

),

-- Every organisation has a row for every month since its first, zero included: the last month of a year would otherwise fall
-- back to an earlier one.
monthly as (

    select
        snapshots.snapshot_date,
        organisations.organisation_code,
        count(contract_months.contract_number) as contract_to_perform_count,
        count(*) filter (where contract_months.is_overdue) as overdue_contract_count
    from organisations
    inner join snapshots on organisations.first_date <= snapshots.snapshot_date
    left join contract_months
        on
            organisations.organisation_code = contract_months.organisation_code
            and snapshots.snapshot_date = contract_months.snapshot_date
    group by snapshots.snapshot_date, organisations.organisation_code

)

select * from monthly
