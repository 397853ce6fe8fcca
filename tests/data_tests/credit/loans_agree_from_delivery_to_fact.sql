-- Detects: applications or disbursed principal lost or counted twice between delivery and fact.
-- Guards: date-wise building replaces whole dates of application.
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

facts as (

    select
        product_code,
        count(*) as application_count,
        coalesce(sum(principal_amount) filter (where disbursed_date is not null), 0) as disbursed_amount
    from {{ ref('fct_loans') }}
    group by product_code

),

differing as (

    select
        delivered.product_code,
        delivered.application_count as delivered_count,
        facts.application_count as fact_count,
        delivered.disbursed_amount as delivered_amount,
        facts.disbursed_amount as fact_amount
    from delivered
    full join facts on delivered.product_code = facts.product_code
    where
        delivered.application_count is distinct from facts.application_count
        or delivered.disbursed_amount is distinct from facts.disbursed_amount

)

select * from differing
