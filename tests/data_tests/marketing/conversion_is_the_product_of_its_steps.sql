-- Detects an end-to-end conversion that is not the product of its steps.
-- Guards the funnel: landing to quote, quote to application, application to issue, counted each on its own.
-- A returned row is a company where they differ by more than the customers with several policies account for.
with

funnel as (

    select
        organisation_code,
        sum(landed_visitor_count) as landed,
        sum(quoted_visitor_count) as quoted,
        sum(applied_visitor_count) as applied,
        sum(issued_policy_count) as issued_policies,
        sum(issued_customer_count) as issued_customers
    from {{ ref('agg_online_journeys_daily') }}
    group by organisation_code

),

compared as (

    select
        *,
        cast(issued_customers as double) / landed as end_to_end_rate,
        (cast(quoted as double) / landed) * (cast(applied as double) / quoted) * (cast(issued_policies as double) / applied) as product_of_steps,
        cast(issued_policies - issued_customers as double) / landed as several_policies_rate
    from funnel
    where landed > 0 and quoted > 0 and applied > 0

)

select * from compared
where abs(product_of_steps - several_policies_rate - end_to_end_rate) > 0.000000001 or issued_customers > issued_policies
