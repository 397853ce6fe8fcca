with

delivered as (

    {{ touched_dates_of(['contact_centre.contact']) }}

),

-- A visit of the AI service may begin on the day before and go on on the day after, and who comes back within three days makes
-- an earlier session unresolved.
touched as (

    select business_date - 3 as business_date from delivered
    union
    select business_date - 2 as business_date from delivered
    union
    select business_date - 1 as business_date from delivered
    union
    select business_date from delivered
    union
    select business_date + 1 as business_date from delivered

)

select * from touched
