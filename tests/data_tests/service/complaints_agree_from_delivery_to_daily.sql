-- Detects complaints lost or doubled on their way to the daily aggregate.
-- Guards the join of complaints to policies, which they may not name, and the two dates under which they count.
-- A returned row is a total that differs between staging and aggregate.
with

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

delivered as (

    select
        count(*) as received_count,
        count(*) filter (where complaints.complaint_source = 'regulator') as regulator_count,
        count(*) filter (
            where complaints.complaint_source = 'regulator' and complaints.due_date <= as_of.as_of_date
        ) as due_count
    from {{ ref('stg_contact_centre__complaints') }} as complaints
    cross join as_of

),

aggregated as (

    select
        coalesce(sum(received_complaint_count), 0) as received_count,
        coalesce(sum(regulator_complaint_count), 0) as regulator_count,
        coalesce(sum(due_regulator_complaint_count), 0) as due_count
    from {{ ref('agg_complaints_daily') }}

)

select
    delivered.*,
    aggregated.*
from delivered
cross join aggregated
where
    delivered.received_count <> aggregated.received_count
    or delivered.regulator_count <> aggregated.regulator_count
    or delivered.due_count <> aggregated.due_count
