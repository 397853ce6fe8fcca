with

versions as (

    select * from {{ ref('scorecard_versions') }}

),

-- One card is approved at a time; the retired ones stay in the seed and score nothing.
approved as (

    select * from versions
    where status = 'approved'

)

select * from approved
