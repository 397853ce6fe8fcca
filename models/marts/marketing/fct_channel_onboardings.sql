with

onboardings as (

    select * from {{ ref('stg_marketing__channel_onboardings') }}

),

measured as (

    select
        onboarding_number,
        organisation_code,
        channel_code,
        access_mode,
        accepted_at,
        accepted_date,
        first_saleable_at,
        cast(first_saleable_at as date) as first_saleable_date,
        access_mode = 'standard_api' as is_standard,
        date_diff('second', accepted_at, first_saleable_at) as onboarding_seconds,
        interface_count,
        retest_count
    from onboardings

)

select * from measured
