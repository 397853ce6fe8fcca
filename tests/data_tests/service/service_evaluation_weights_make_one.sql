-- Detects a company whose indicators do not weigh 1 together, so that its score would not be one of a hundred.
-- Guards the spreading of the weight of indicators without a value, and years that are built again one by one.
-- A returned row is a company and year with its sum of weights.
with

weighed as (

    select
        year_start_date,
        organisation_code,
        sum(weight_ratio) as weight_ratio
    from {{ ref('agg_service_evaluation_points') }}
    group by year_start_date, organisation_code

)

select * from weighed
where abs(weight_ratio - 1) > 0.000000001
