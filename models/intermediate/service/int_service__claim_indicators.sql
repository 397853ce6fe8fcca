with

claims as (

    select * from {{ ref('int_claims__claim_stages') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

conclusions as (

    select * from {{ ref('claim_conclusions') }}

),

attributed as (

    select
        policies.organisation_code,
        claims.reported_date,
        claims.applied_at,
        claims.conclusion,
        cast(claims.paid_at as date) as paid_date,
        cast(claims.closed_at as date) as closed_date,
        cast(claims.registered_at as date) as registered_date,
        coalesce(conclusions.is_paid_out, false) as is_paid_out
    from claims
    inner join policies on claims.policy_number = policies.policy_number
    left join conclusions on claims.conclusion = conclusions.conclusion

),

indicators as (

    select
        date_trunc('year', paid_date) as year_start_at,
        organisation_code,
        'claim_service_days' as indicator_code,
        sum(paid_date - cast(applied_at as date)) as numerator,
        count(*) as denominator
    from attributed
    where
        paid_date is not null
        and applied_at is not null
    group by date_trunc('year', paid_date), organisation_code

    union all

    select
        date_trunc('year', paid_date) as year_start_at,
        organisation_code,
        'report_to_payment_days' as indicator_code,
        sum(paid_date - reported_date) as numerator,
        count(*) as denominator
    from attributed
    where paid_date is not null
    group by date_trunc('year', paid_date), organisation_code

    union all

    select
        date_trunc('year', closed_date) as year_start_at,
        organisation_code,
        'claim_payout_rate' as indicator_code,
        count(*) filter (where is_paid_out) as numerator,
        count(*) as denominator
    from attributed
    where closed_date is not null
    group by date_trunc('year', closed_date), organisation_code

    union all

    -- Registrations that were withdrawn, and claims closed at zero, were no cases to close.
    select
        date_trunc('year', registered_date) as year_start_at,
        organisation_code,
        'claim_case_closing_rate' as indicator_code,
        count(*) filter (where year(closed_date) = year(registered_date)) as numerator,
        count(*) as denominator
    from attributed
    where
        registered_date is not null
        and coalesce(conclusion, '') not in ('zero', 'withdrawn')
    group by date_trunc('year', registered_date), organisation_code

),

dated as (

    select
        cast(year_start_at as date) as year_start_date,
        organisation_code,
        indicator_code,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator
    from indicators

)

select * from dated
