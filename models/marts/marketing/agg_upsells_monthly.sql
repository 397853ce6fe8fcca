with

policies as (

    select * from {{ ref('int_marketing__customer_policies') }}

),

spans as (

    select * from {{ ref('int_marketing__customer_cover_spans') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

places as (

    select distinct
        policies.customer_key,
        policies.first_channel_code as channel_code,
        coalesce(customers.segment_code, '(unknown)') as segment_code
    from policies
    left join customers on policies.customer_key = customers.customer_key

),

-- Who begins to be covered on a day is a customer of the next month's first day on; who stops on a day was one until then.
movements as (

    select
        spans.customer_key,
        cast(date_trunc('month', spans.started_date) + to_months(1) as date) as month_start_date,
        1 as customer_count
    from spans

    union all

    select
        spans.customer_key,
        cast(date_trunc('month', spans.ended_date) + to_months(1) as date) as month_start_date,
        -1 as customer_count
    from spans
    where spans.ended_date is not null

),

moved as (

    select
        movements.month_start_date,
        places.channel_code,
        places.segment_code,
        sum(movements.customer_count) as customer_count
    from movements
    inner join places on movements.customer_key = places.customer_key
    group by movements.month_start_date, places.channel_code, places.segment_code

),

cells as (

    select
        channel_code,
        segment_code,
        min(month_start_date) as first_month_date
    from moved
    group by channel_code, segment_code

),

months as (

    select
        cells.channel_code,
        cells.segment_code,
        cast(unnest(generate_series(cells.first_month_date, as_of.as_of_date, interval 1 month)) as date) as month_start_date
    from cells
    cross join as_of

),

stocks as (

    select
        months.month_start_date,
        months.channel_code,
        months.segment_code,
        cast(
            sum(coalesce(moved.customer_count, 0)) over (
                partition by months.channel_code, months.segment_code order by months.month_start_date
            ) as bigint
        ) as in_force_customer_count
    from months
    left join moved
        on
            months.month_start_date = moved.month_start_date
            and months.channel_code = moved.channel_code
            and months.segment_code = moved.segment_code

),

upsold as (

    select
        cast(date_trunc('month', policies.issue_date) as date) as month_start_date,
        places.channel_code,
        places.segment_code,
        count(distinct policies.customer_key) as upsold_customer_count
    from policies
    inner join places on policies.customer_key = places.customer_key
    inner join spans
        on
            policies.customer_key = spans.customer_key
            and spans.started_date < date_trunc('month', policies.issue_date)
            and coalesce(spans.ended_date, date '9999-12-31') >= date_trunc('month', policies.issue_date)
    where policies.is_long_term
    group by cast(date_trunc('month', policies.issue_date) as date), places.channel_code, places.segment_code

),

monthly as (

    select
        stocks.month_start_date,
        stocks.channel_code,
        stocks.segment_code,
        stocks.in_force_customer_count,
        coalesce(upsold.upsold_customer_count, 0) as upsold_customer_count
    from stocks
    left join upsold
        on
            stocks.month_start_date = upsold.month_start_date
            and stocks.channel_code = upsold.channel_code
            and stocks.segment_code = upsold.segment_code

)

select * from monthly
