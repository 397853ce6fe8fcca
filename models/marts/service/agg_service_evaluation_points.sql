-- depends_on: {{ ref('int_service__touched_evaluation_years') }}
{{
    config(
        materialized='by_business_date',
        business_date='year_start_date',
        touched_dates_sql='select business_date from intermediate.int_service__touched_evaluation_years'
    )
}}

with

claim_indicators as (

    select * from {{ ref('int_service__claim_indicators') }}

),

contact_indicators as (

    select * from {{ ref('int_service__contact_indicators') }}

),

deliveries as (

    select * from {{ ref('agg_policy_deliveries_daily') }}

),

callbacks as (

    select * from {{ ref('agg_policy_callbacks_daily') }}

),

requests as (

    select * from {{ ref('agg_servicing_requests_daily') }}

),

complaints as (

    select * from {{ ref('agg_complaints_daily') }}

),

exposures as (

    select * from {{ ref('agg_complaint_exposures_quarterly') }}

),

disputes as (

    select * from {{ ref('agg_inquiry_disputes_daily') }}

),

organisations as (

    select * from {{ ref('dim_organisation') }}

),

indicators as (

    select * from {{ ref('service_evaluation_indicators') }}

),

adjustments as (

    select * from {{ ref('service_evaluation_adjustments') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

components as (

    select
        year_start_date as component_date,
        organisation_code,
        indicator_code,
        numerator,
        denominator
    from claim_indicators

    union all

    select
        year_start_date as component_date,
        organisation_code,
        indicator_code,
        numerator,
        denominator
    from contact_indicators

    union all

    select
        issue_date as component_date,
        organisation_code,
        'policy_delivery_15d_rate' as indicator_code,
        signed_within_15_days_count as numerator,
        delivery_count as denominator
    from deliveries

    union all

    select
        issue_date as component_date,
        organisation_code,
        'free_look_callback_success_rate' as indicator_code,
        succeeded_callback_count as numerator,
        required_callback_count as denominator
    from callbacks

    union all

    select
        activity_date as component_date,
        organisation_code,
        'policy_servicing_days' as indicator_code,
        request_completion_days as numerator,
        completed_request_count as denominator
    from requests

    union all

    select
        activity_date as component_date,
        organisation_code,
        'complaint_on_time_rate' as indicator_code,
        closed_on_time_regulator_complaint_count as numerator,
        due_regulator_complaint_count as denominator
    from complaints

    union all

    select
        quarter_start_date as component_date,
        organisation_code,
        'complaint_index' as indicator_code,
        weighted_complaint_count as numerator,
        weighted_expected_count as denominator
    from exposures

    union all

    select
        received_date as component_date,
        organisation_code,
        'inquiry_dispute_handling_rate' as indicator_code,
        handled_dispute_count as numerator,
        received_dispute_count as denominator
    from disputes

),

-- The regulator rates companies; what branches did counts with theirs.
of_companies as (

    select
        cast(date_trunc('year', components.component_date) as date) as year_start_date,
        organisations.company_code as organisation_code,
        components.indicator_code,
        sum(components.numerator) / nullif(sum(components.denominator), 0) as indicator_value
    from components
    cross join as_of
    inner join organisations on components.organisation_code = organisations.organisation_code
    where
        components.component_date <= as_of.as_of_date
        and {{ touched_only("cast(date_trunc('year', components.component_date) as date)") }}
    group by cast(date_trunc('year', components.component_date) as date), organisations.company_code, components.indicator_code

),

curved as (

    select
        of_companies.year_start_date,
        of_companies.organisation_code,
        of_companies.indicator_code,
        of_companies.indicator_value,
        100.0 * least(1.0, greatest(
            0.0,
            (of_companies.indicator_value - indicators.zero_points_value)
            / cast(indicators.full_points_value - indicators.zero_points_value as double)
        )) as points,
        -- An indicator without a value gives its weight to the others.
        cast(indicators.weight_ratio as double) / sum(indicators.weight_ratio) over (
            partition by of_companies.year_start_date, of_companies.organisation_code
        ) as weight_ratio
    from of_companies
    inner join organisations on of_companies.organisation_code = organisations.organisation_code
    inner join indicators
        on organisations.company_type = indicators.company_type and of_companies.indicator_code = indicators.indicator_code
    where of_companies.indicator_value is not null

),

adjusted as (

    select
        year_start_date,
        organisation_code,
        indicator_code,
        indicator_value,
        points,
        weight_ratio,
        points * weight_ratio as weighted_points
    from curved

    union all

    select
        make_date(evaluation_year, 1, 1) as year_start_date,
        organisation_code,
        adjustment_kind as indicator_code,
        cast(null as double) as indicator_value,
        sum(points) as points,
        0 as weight_ratio,
        sum(points) as weighted_points
    from adjustments
    where (make_date(evaluation_year, 1, 1), organisation_code) in (
        select (curved.year_start_date, curved.organisation_code) from curved
    )
    group by evaluation_year, organisation_code, adjustment_kind

),

typed as (

    select
        year_start_date,
        organisation_code,
        indicator_code,
        cast(indicator_value as double) as indicator_value,
        cast(points as double) as points,
        cast(weight_ratio as double) as weight_ratio,
        -- The same points whatever the order in which they were summed: the last bit would be a restatement.
        round(cast(weighted_points as double), 10) as weighted_points
    from adjusted

)

select * from typed
