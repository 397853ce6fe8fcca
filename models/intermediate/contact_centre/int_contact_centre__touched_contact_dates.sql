with

delivered as (

    {{ touched_dates_of(['contact_centre.contact']) }}

),

-- A visit of the AI service may begin on the day before and go on on the day after.
touched as (

    select business_date - 1 as business_date from delivered
    union
    select business_date from delivered
    union
    select business_date + 1 as business_date from delivered

)

select * from touched
