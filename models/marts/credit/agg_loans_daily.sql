{{ config(materialized='by_business_date', business_date='activity_date', touched_by=['lending.loan']) }}

with

loans as (

    select * from {{ ref('fct_loans') }}

),

applied as (

    select
        application_date as activity_date,
        organisation_code,
        channel_code,
        product_code,
        1 as application_count,
        cast(is_decided as integer) as decided_count,
        cast(is_approved as integer) as approved_count,
        case when is_approved then coalesce(credit_limit_amount, 0) else 0 end as credit_limit_amount,
        0 as disbursed_count,
        0 as disbursed_amount
    from loans
    where {{ touched_only('application_date') }}

),

disbursed as (

    select
        disbursed_date as activity_date,
        organisation_code,
        channel_code,
        product_code,
        0 as application_count,
        0 as decided_count,
        0 as approved_count,
        0 as credit_limit_amount,
        1 as disbursed_count,
        coalesce(principal_amount, 0) as disbursed_amount
    from loans
    where disbursed_date is not null and {{ touched_only('disbursed_date') }}

),

activities as (

    select * from applied
    union all
    select * from disbursed

),

daily as (

    select
        activity_date,
        organisation_code,
        channel_code,
        product_code,
        cast(sum(application_count) as bigint) as application_count,
        cast(sum(decided_count) as bigint) as decided_count,
        cast(sum(approved_count) as bigint) as approved_count,
        cast(sum(credit_limit_amount) as decimal(18, 2)) as credit_limit_amount,
        cast(sum(disbursed_count) as bigint) as disbursed_count,
        cast(sum(disbursed_amount) as decimal(18, 2)) as disbursed_amount
    from activities
    group by activity_date, organisation_code, channel_code, product_code

)

select * from daily
