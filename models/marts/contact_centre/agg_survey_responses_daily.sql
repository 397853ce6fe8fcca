{{ config(materialized='by_business_date', business_date='responded_date', touched_by=['contact_centre.survey_response']) }}

with

responses as (

    select * from {{ ref('stg_contact_centre__survey_responses') }}
    where {{ touched_only('responded_date') }}

),

customer_records as (

    select * from {{ ref('bridge_customer_records') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

parameters as (

    select
        max(parameter_value) filter (where parameter_code = 'satisfied_score') as satisfied_score,
        max(parameter_value) filter (where parameter_code = 'promoter_score') as promoter_score,
        max(parameter_value) filter (where parameter_code = 'detractor_score') as detractor_score
    from {{ ref('contact_parameters') }}

),

judged as (

    select
        responses.responded_date,
        responses.organisation_code,
        responses.touchpoint,
        customers.segment_code,
        responses.recommendation_score is not null as is_recommendation,
        responses.satisfaction_score >= parameters.satisfied_score as is_satisfied,
        responses.recommendation_score >= parameters.promoter_score as is_promoter,
        responses.recommendation_score <= parameters.detractor_score as is_detractor
    from responses
    cross join parameters
    left join customer_records on responses.customer_id = customer_records.customer_id
    left join customers on customer_records.customer_key = customers.customer_key

),

daily as (

    select
        responded_date,
        organisation_code,
        segment_code,
        touchpoint,
        count(*) as response_count,
        count(*) filter (where is_satisfied) as satisfied_count,
        count(*) filter (where is_recommendation) as recommendation_count,
        count(*) filter (where is_promoter) as promoter_count,
        count(*) filter (where is_detractor) as detractor_count
    from judged
    group by responded_date, organisation_code, segment_code, touchpoint

)

select * from daily
