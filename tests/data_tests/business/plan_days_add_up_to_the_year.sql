-- Detects a plan whose days do not add up to the year.
-- Guards the rounding of the daily parts: not a cent may be lost over 365 or 366 days.
-- A returned row is a year and company whose days differ from its plan, or a plan of a year outside the calendar.
with

plans as (

    select * from {{ ref('premium_plan') }}

),

spread as (

    select
        year(plan_date) as plan_year,
        organisation_code,
        sum(planned_premium_amount) as planned_premium_amount
    from {{ ref('int_business__premium_plan_daily') }}
    group by year(plan_date), organisation_code

)

select
    plans.plan_year,
    plans.organisation_code,
    plans.planned_premium_amount,
    spread.planned_premium_amount as spread_amount
from plans
left join spread
    on
        plans.plan_year = spread.plan_year
        and plans.organisation_code = spread.organisation_code
where plans.planned_premium_amount is distinct from spread.planned_premium_amount
