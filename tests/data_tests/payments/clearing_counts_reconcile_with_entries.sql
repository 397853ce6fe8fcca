-- Detects clearing entries or transfers lost or doubled between the deliveries and the daily counts.
-- Guards the assumption that each entry finds one order, and that due dates are rebuilt when the as-of date reaches them.
-- A returned row is a count of the daily sums that differs from the entries delivered.
with

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

delivered as (

    select
        count(*) as entry_count,
        count(*) filter (where entries.due_date <= as_of.as_of_date) as due_count
    from {{ ref('stg_account__clearing_entries') }} as entries
    cross join as_of

),

summed as (

    select
        coalesce(sum(clearing_entry_count), 0) as entry_count,
        coalesce(sum(due_transfer_count), 0) as due_count
    from {{ ref('agg_payments_daily') }}

),

differing as (

    select
        delivered.entry_count as delivered_entry_count,
        summed.entry_count as summed_entry_count,
        delivered.due_count as delivered_due_count,
        summed.due_count as summed_due_count
    from delivered
    cross join summed
    where delivered.entry_count != summed.entry_count or delivered.due_count != summed.due_count

)

select * from differing
