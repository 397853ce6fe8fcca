with

points as (

    select * from {{ ref('agg_service_evaluation_points') }}

),

ratings as (

    select * from {{ ref('service_evaluation_ratings') }}

),

scored as (

    select
        year_start_date,
        organisation_code,
        -- A score on the bound of a rating must not miss it by the last bit of a sum.
        round(sum(weighted_points), 6) as evaluation_score,
        count(indicator_value) as indicator_count
    from points
    group by year_start_date, organisation_code

),

rated as (

    select
        scored.year_start_date,
        scored.organisation_code,
        scored.evaluation_score,
        scored.indicator_count,
        ratings.rating_code,
        ratings.rating_rank
    from scored
    asof inner join ratings on scored.evaluation_score >= ratings.minimum_score

)

select * from rated
