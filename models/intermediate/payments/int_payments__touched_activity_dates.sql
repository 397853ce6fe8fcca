with

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

last_built as (

    select * from {{ ref('int_loading__last_built_date') }}

),

entries as (

    select * from {{ ref('stg_account__clearing_entries') }}

),

clearing_dates as (

    select * from {{ ref('int_payments__touched_clearing_dates') }}

),

reconciliation_dates as (

    select * from {{ ref('int_payments__touched_reconciliation_dates') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}

),

-- Transfers are counted on the date they are due.
due as (

    select entries.due_date as business_date
    from entries
    where entries.clearing_date in (select clearing_dates.business_date from clearing_dates)

),

-- Due dates that the as-of date has reached since the last build, and, where a correction may have taken entries away, all
-- dates from the first clearing on: nobody knows any more when those were due.
spans as (

    select
        (select last_built.last_built_date + 1 from last_built) as first_date,
        (select as_of.as_of_date from as_of) as last_date

    union all

    select
        least(
            (select min(entries.clearing_date) from entries),
            (select min(clearing_dates.business_date) from clearing_dates)
        ) as first_date,
        (select as_of.as_of_date from as_of) as last_date
    from corrected
    where corrected.source_name = 'account' and corrected.entity_name = 'clearing_entry'

),

reached as (

    select cast(unnest(generate_series(first_date, last_date, interval 1 day)) as date) as business_date
    from spans

),

touched as (

    select business_date from clearing_dates
    union
    select business_date from reconciliation_dates
    union
    select business_date from due
    union
    select business_date from reached

)

select * from touched
