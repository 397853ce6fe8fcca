-- Detects: applications or disbursed principal lost or counted twice between delivery, fact and daily aggregate.
-- Guards: date-wise building replaces whole dates of application and of disbursement.
-- A returned row is a product on which they differ.
with

delivered as (

    select
        product_code,
        count(*) as application_count,
        coalesce(sum(principal_amount) filter (where disbursed_date is not null), 0) as disbursed_amount
    from {{ ref('stg_lending__loans') }}
    group by product_code

),

daily as (

    select
        product_code,
        sum(application_count) as application_count,
        sum(disbursed_amount) as disbursed_amount
    from {{ ref('agg_loans_daily') }}
    group by product_code

),

differing as (

    select
        delivered.product_code,
        delivered.application_count as delivered_count,
        daily.application_count as daily_count,
        delivered.disbursed_amount as delivered_amount,
        daily.disbursed_amount as daily_amount
    from delivered
    full join daily on delivered.product_code = daily.product_code
    where
        delivered.application_count is distinct from daily.application_count
        or delivered.disbursed_amount is distinct from daily.disbursed_amount

)

select * from differing
