with

customer_months as (

    select * from {{ ref('int_members__customer_stages') }}
    where is_effective

),

touches as (

    select * from {{ ref('int_members__customer_touches') }}

),

month_ends as (

    select * from {{ ref('int_members__month_ends') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

parameters as (

    select
        max(parameter_value) filter (where parameter_code = 'risk_discount_ratio') as risk_discount_ratio,
        max(parameter_value) filter (where parameter_code = 'customer_retention_ratio') as customer_retention_ratio,
        cast(max(parameter_value) filter (where parameter_code = 'lifetime_years') as integer) as lifetime_years,
        max(parameter_value) filter (where parameter_code = 'cross_sell_amount') as cross_sell_amount,
        max(parameter_value) filter (where parameter_code = 'service_cost_amount') as service_cost_amount
    from {{ ref('member_parameters') }}

),

years_ahead as (

    select unnest(range(1, 101)) as year_count

),

-- What a customer is expected to buy besides, less what serving him costs, for the years he is expected to stay.
beside_contracts as (

    select
        cast(
            (any_value(parameters.cross_sell_amount) - any_value(parameters.service_cost_amount))
            * sum(pow(parameters.customer_retention_ratio / (1 + parameters.risk_discount_ratio), years_ahead.year_count))
            as decimal(18, 2)
        ) as value_amount
    from parameters
    inner join years_ahead on parameters.lifetime_years >= years_ahead.year_count

),

held as (

    select
        customer_months.snapshot_date,
        coalesce(customers.segment_code, 'BIRTH_UNKNOWN') as segment_code,
        count(*) as effective_customer_count,
        count(*) filter (where customer_months.is_multi_product) as multi_product_customer_count,
        count(*) filter (where customer_months.is_cross_company) as cross_company_customer_count,
        cast(sum(customer_months.contract_count) as bigint) as contract_count,
        cast(
            sum(customer_months.contract_value_amount + beside_contracts.value_amount) as decimal(18, 2)
        ) as lifetime_value_amount
    from customer_months
    left join customers on customer_months.customer_key = customers.customer_key
    cross join beside_contracts
    group by 1, 2

),

touched as (

    select
        month_ends.snapshot_date,
        coalesce(customers.segment_code, 'BIRTH_UNKNOWN') as segment_code,
        cast(sum(touches.login_count) as bigint) as login_count,
        cast(sum(touches.payment_count) as bigint) as payment_count,
        cast(sum(touches.service_count) as bigint) as service_count,
        cast(sum(touches.content_count) as bigint) as content_count
    from touches
    inner join month_ends on date_trunc('month', touches.touch_date) = month_ends.month_start_date
    left join customers on touches.customer_key = customers.customer_key
    group by 1, 2

),

monthly as (

    select
        coalesce(held.snapshot_date, touched.snapshot_date) as snapshot_date,
        coalesce(held.segment_code, touched.segment_code) as segment_code,
        coalesce(held.effective_customer_count, 0) as effective_customer_count,
        coalesce(held.multi_product_customer_count, 0) as multi_product_customer_count,
        coalesce(held.cross_company_customer_count, 0) as cross_company_customer_count,
        coalesce(held.contract_count, 0) as contract_count,
        coalesce(held.lifetime_value_amount, 0) as lifetime_value_amount,
        coalesce(touched.login_count, 0) as login_count,
        coalesce(touched.payment_count, 0) as payment_count,
        coalesce(touched.service_count, 0) as service_count,
        coalesce(touched.content_count, 0) as content_count
    from held
    full join touched
        on
            held.snapshot_date = touched.snapshot_date
            and held.segment_code = touched.segment_code

)

select * from monthly
