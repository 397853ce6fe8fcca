with

premium_dates as (

    select * from {{ ref('int_business__touched_premium_dates') }}

),

in_force_dates as (

    select * from {{ ref('int_business__touched_in_force_dates') }}

),

-- The complaints of a quarter stand in it.
delivered as (

    {{ touched_dates_of(['contact_centre.complaint']) }}

),

touched as (

    select business_date from premium_dates
    union
    select business_date from in_force_dates
    union
    select business_date from delivered

),

quarters as (

    select distinct cast(date_trunc('quarter', business_date) as date) as business_date
    from touched
    where business_date is not null

)

select * from quarters
