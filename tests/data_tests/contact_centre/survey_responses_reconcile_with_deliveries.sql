-- Detects survey answers lost or doubled on their way to the daily aggregate.
-- Guards the join of answers to customers, who have several records and are not always known.
-- A returned row is a total that differs between staging and aggregate.
with

delivered as (

    select
        count(*) as response_count,
        count(recommendation_score) as recommendation_count
    from {{ ref('stg_contact_centre__survey_responses') }}

),

aggregated as (

    select
        coalesce(sum(response_count), 0) as response_count,
        coalesce(sum(recommendation_count), 0) as recommendation_count
    from {{ ref('agg_survey_responses_daily') }}

)

select
    delivered.*,
    aggregated.*
from delivered
cross join aggregated
where
    delivered.response_count <> aggregated.response_count
    or delivered.recommendation_count <> aggregated.recommendation_count
