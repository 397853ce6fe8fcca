with

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

delivered as (

    {{ touched_dates_of([
        'claims.claim',
        'claims.claim_stage_event',
        'contact_centre.complaint',
        'contact_centre.contact',
        'contact_centre.inquiry_dispute',
        'contact_centre.policy_callback',
        'policy_admin.policy',
        'policy_admin.policy_delivery',
        'policy_admin.premium_payment',
        'policy_admin.servicing_request'
    ]) }}

),

touched as (

    select business_date from delivered
    union
    select as_of_date as business_date from as_of

),

-- What happens in January may belong to a policy or a claim of the year before, and policies in force run on from it.
years as (

    select distinct
        cast(
            unnest(
                generate_series(
                    date_trunc('year', touched.business_date) - interval 1 year, cast(as_of.as_of_date as timestamp), interval 1 year
                )
            ) as date
        ) as business_date
    from touched
    cross join as_of

)

select * from years
