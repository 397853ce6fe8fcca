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
        max(parameter_value) filter (where parameter_code = 'mature_months') as mature_months,
        max(parameter_value) filter (where parameter_code = 'mature_product_kinds') as mature_product_kinds
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
        min(min(started_date)) over (partition by customer_key) as first_started_date,
        lag(max(ended_date)) over (partition by customer_key order by min(started_date)) as ended_before_date
    from begun
    group by customer_key, period_number

),

known as (

    select
        customer_key,
        registered_date as known_date
    from customer_records

    union all

    select
        customer_key,
        started_date as known_date
    from started

),

people as (

    select
        customer_key,
        min(known_date) as known_date
    from known
    group by customer_key

),

people_months as (

    select
        month_ends.snapshot_date,
        people.customer_key
    from people
    inner join month_ends on people.known_date <= month_ends.snapshot_date

),

kinds as (

    select
        snapshot_date,
        customer_key,
        count(distinct product_kind) as product_kind_count
    from holdings
    group by snapshot_date, customer_key

),

placed as (

    select
        people_months.snapshot_date,
        people_months.customer_key,
        customer_periods.first_started_date,
        customer_periods.started_date,
        customer_periods.ended_date,
        customer_periods.ended_before_date,
        kinds.product_kind_count,
        coalesce(touches.touch_date, customer_periods.started_date) as last_active_date
    from people_months
    asof left join customer_periods
        on
            people_months.customer_key = customer_periods.customer_key
            and people_months.snapshot_date >= customer_periods.started_date
    asof left join touches
        on
            people_months.customer_key = touches.customer_key
            and people_months.snapshot_date >= touches.touch_date
    left join kinds
        on
            people_months.customer_key = kinds.customer_key
            and people_months.snapshot_date = kinds.snapshot_date

),

staged as (

    select
        placed.snapshot_date,
        placed.customer_key,
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
            when placed.snapshot_date - placed.last_active_date >= parameters.silent_days then 'silent'
            when
                placed.product_kind_count >= parameters.mature_product_kinds
                or datesub('month', placed.first_started_date, placed.snapshot_date) >= parameters.mature_months
                then 'mature'
            else 'growing'
        end as stage_code
    from placed
    cross join parameters

),

compared as (

    select
        snapshot_date,
        customer_key,
        stage_code,
        coalesce(lag(stage_code) over (partition by customer_key order by snapshot_date), 'none') as previous_stage_code
    from staged

)

select * from compared
