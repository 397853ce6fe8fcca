with

loads as (

    select * from {{ source('loading', 'loads') }}
    where status = 'loaded'

),

latest as (

    select max(delivered_date) as as_of_date
    from loads

)

select * from latest
