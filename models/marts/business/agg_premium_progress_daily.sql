with

premiums as (

    select * from {{ ref('agg_premiums_daily') }}

),

planned_days as (

    select * from {{ ref('int_business__premium_plan_daily') }}

),

organisations as (

    select * from {{ ref('dim_organisation') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

-- Premium counts only where there is a plan to compare it with.
received as (

    select
        premiums.accounting_date as progress_date,
        premiums.organisation_code,
        sum(premiums.scale_premium_amount) as scale_premium_amount,
        0 as planned_premium_amount
    from premiums
    inner join organisations on premiums.organisation_code = organisations.organisation_code
    inner join planned_days
        on
            organisations.company_code = planned_days.organisation_code
            and premiums.accounting_date = planned_days.plan_date
    group by premiums.accounting_date, premiums.organisation_code

),

planned as (

    select
        planned_days.plan_date as progress_date,
        planned_days.organisation_code,
        0 as scale_premium_amount,
        planned_days.planned_premium_amount
    from planned_days
    inner join as_of on planned_days.plan_date <= as_of.as_of_date

),

compared as (

    select * from received
    union all
    select * from planned

),

daily as (

    select
        progress_date,
        organisation_code,
        cast(sum(scale_premium_amount) as decimal(18, 2)) as scale_premium_amount,
        cast(sum(planned_premium_amount) as decimal(18, 2)) as planned_premium_amount
    from compared
    group by progress_date, organisation_code

)

select * from daily
