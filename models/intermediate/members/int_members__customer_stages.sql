{{ config(materialized='table') }}

with

contract_spells as (

    select * from {{ ref('int_members__contract_spells') }}

),

holdings as (

    select * from {{ ref('int_members__customer_holdings') }}

),

touches as (

    select * from {{ ref('int_members__customer_touches') }}

),

customer_records as (

    select * from {{ ref('int_core__customer_records_keyed') }}

),

month_ends as (

    select * from {{ ref('int_members__month_ends') }}

),

parameters as (

    select
        max(parameter_value) filter (where parameter_code = 'new_customer_days') as new_customer_days,
        max(parameter_value) filter (where parameter_code = 'silent_days') as silent_days,
        max(parameter_value) filter (where parameter_code = 'lost_days') as lost_days,
        max(parameter_value) filter (where parameter_code = 'won_back_days') as won_back_days,
        max(parameter_value) filter (where parameter_code = 'mature_months') as mature_months
    from {{ ref('member_parameters') }}

),

-- Spells of one customer that overlap or follow each other without a day between are one period.
started as (

    select
        customer_key,
        started_date,
        max(coalesce(ended_date, date '9999-12-31')) as ended_date
    from contract_spells
    group by customer_key, started_date

),

followed as (

    select
        *,
        max(ended_date) over (
            partition by customer_key order by started_date rows between unbounded preceding and 1 preceding
        ) as ended_before_date
    from started

),

begun as (

    select
        *,
        count(*) filter (where ended_before_date is null or ended_before_date < started_date) over (
            partition by customer_key order by started_date rows between unbounded preceding and current row
        ) as period_number
    from followed

),

customer_periods as (

    select
        customer_key,
        min(started_date) as started_date,
        max(ended_date) as ended_date,
        lag(max(ended_date)) over (partition by customer_key order by min(started_date)) as ended_before_date
    from begun
    group by customer_key, period_number

),

known as (

    select
        customer_key,
        registered_date as known_date,
        cast(null as date) as first_started_date
    from customer_records

    union all

    select
        customer_key,
        started_date as known_date,
        started_date as first_started_date
    from started

),

people as (

    select
        customer_key,
        min(known_date) as known_date,
        min(first_started_date) as first_started_date
    from known
    group by customer_key

),

people_months as (

    select
        month_ends.snapshot_date,
        people.customer_key,
        people.first_started_date
    from people
    inner join month_ends on people.known_date <= month_ends.snapshot_date

),

held as (

    select
        snapshot_date,
        customer_key,
        min(first_product_kind) <> max(last_product_kind) as is_multi_product,
        min(first_company_code) <> max(last_company_code) as is_cross_company,
        sum(contract_count) as contract_count,
        sum(contract_value_amount) as contract_value_amount
    from holdings
    group by snapshot_date, customer_key

),

bounds as (

    select
        min(last_day(snapshot_date)) as first_month_end_date,
        max(snapshot_date) as last_snapshot_date
    from month_ends

),

-- Months rather than an as-of join: one sort serves periods and touches. What lies before the first month stands in it,
-- and cover that begins later in the running month does not count yet.
begun_in_month as (

    select
        customer_periods.customer_key,
        greatest(last_day(customer_periods.started_date), bounds.first_month_end_date) as month_end_date,
        max(customer_periods.started_date) as started_date,
        max_by(customer_periods.ended_date, customer_periods.started_date) as ended_date,
        max_by(
            coalesce(customer_periods.ended_before_date, customer_periods.started_date), customer_periods.started_date
        ) as ended_before_date
    from customer_periods
    cross join bounds
    where customer_periods.started_date <= bounds.last_snapshot_date
    group by all

),

touched_in_month as (

    select
        touches.customer_key,
        -- A policy bought before its cover begins is heard of in the first month in which the customer is known.
        greatest(last_day(touches.touch_date), last_day(people.known_date), bounds.first_month_end_date) as month_end_date,
        max(touches.touch_date) as touch_date
    from touches
    inner join people on touches.customer_key = people.customer_key
    cross join bounds
    where touches.touch_date <= bounds.last_snapshot_date
    group by all

),

placed as (

    select
        people_months.snapshot_date,
        people_months.customer_key,
        people_months.first_started_date,
        held.is_multi_product,
        held.is_cross_company,
        held.contract_count,
        held.contract_value_amount,
        max(begun_in_month.started_date) over so_far as started_date,
        last_value(begun_in_month.ended_date ignore nulls) over so_far as ended_date,
        last_value(begun_in_month.ended_before_date ignore nulls) over so_far as ended_before_date,
        max(touched_in_month.touch_date) over so_far as touch_date
    from people_months
    left join begun_in_month
        on
            people_months.customer_key = begun_in_month.customer_key
            and last_day(people_months.snapshot_date) = begun_in_month.month_end_date
    left join touched_in_month
        on
            people_months.customer_key = touched_in_month.customer_key
            and last_day(people_months.snapshot_date) = touched_in_month.month_end_date
    left join held
        on
            people_months.customer_key = held.customer_key
            and people_months.snapshot_date = held.snapshot_date
    window so_far as (
        partition by people_months.customer_key order by people_months.snapshot_date
        rows between unbounded preceding and current row
    )

),

staged as (

    select
        placed.snapshot_date,
        placed.customer_key,
        placed.contract_count,
        placed.contract_value_amount,
        placed.contract_count is not null as is_effective,
        coalesce(placed.is_multi_product, false) as is_multi_product,
        coalesce(placed.is_cross_company, false) as is_cross_company,
        case
            when placed.started_date is null then 'prospect'
            when placed.ended_date <= placed.snapshot_date
                then
                    case
                        when placed.snapshot_date - placed.ended_date + 1 < parameters.lost_days then 'at_risk'
                        else 'lost'
                    end
            when placed.snapshot_date - placed.first_started_date <= parameters.new_customer_days then 'new'
            when
                placed.started_date - placed.ended_before_date >= parameters.lost_days
                and placed.snapshot_date - placed.started_date <= parameters.won_back_days
                then 'won_back'
            when placed.snapshot_date - coalesce(placed.touch_date, placed.started_date) >= parameters.silent_days then 'silent'
            when
                placed.is_multi_product
                or datesub('month', placed.first_started_date, placed.snapshot_date) >= parameters.mature_months
                then 'mature'
            else 'growing'
        end as stage_code
    from placed
    cross join parameters

),

compared as (

    select
        *,
        coalesce(lag(stage_code) over (partition by customer_key order by snapshot_date), 'none') as previous_stage_code
    from staged

)

select * from compared
