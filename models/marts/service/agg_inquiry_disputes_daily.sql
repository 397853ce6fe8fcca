{{ config(materialized='by_business_date', business_date='received_date', touched_by=['contact_centre.inquiry_dispute']) }}

with

disputes as (

    select * from {{ ref('stg_contact_centre__inquiry_disputes') }}
    where {{ touched_only('received_date') }}

),

daily as (

    select
        received_date,
        organisation_code,
        count(*) as received_dispute_count,
        count(handled_date) as handled_dispute_count
    from disputes
    group by received_date, organisation_code

)

select * from daily
