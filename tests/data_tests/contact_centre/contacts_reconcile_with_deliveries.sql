-- Detects contacts lost or doubled between the deliveries, the facts and the daily counts.
-- Guards the assumption that visits join each AI session once, and that touched dates name every changed contact.
-- A returned row is a step whose number of contacts differs from the number delivered.
with

delivered as (

    select count(*) as delivered_count
    from {{ ref('stg_contact_centre__contacts') }}

),

totals as (

    select
        'fct_contacts' as step_name,
        count(*) as step_count
    from {{ ref('fct_contacts') }}

    union all

    select
        'agg_contacts_daily' as step_name,
        coalesce(sum(contact_count), 0) as step_count
    from {{ ref('agg_contacts_daily') }}

),

differing as (

    select *
    from totals
    cross join delivered
    where totals.step_count != delivered.delivered_count

)

select * from differing
