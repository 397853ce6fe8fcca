with

complaints as (

    select * from {{ ref('fct_complaints') }}

),

received as (

    select
        received_date as activity_date,
        organisation_code,
        channel_code,
        product_code,
        1 as received_count,
        cast(is_forwarded_by_regulator as integer) as regulator_count,
        cast(is_forwarded_by_regulator and is_of_life_company as integer) as life_regulator_count,
        cast(is_escalated as integer) as escalated_count,
        cast(is_forwarded_by_regulator and is_escalated as integer) as escalated_regulator_count,
        cast(is_forwarded_by_regulator and not is_micro_premium as integer) as regulator_excluding_micro_count,
        0 as due_count,
        0 as closed_on_time_count
    from complaints

),

due as (

    select
        due_date as activity_date,
        organisation_code,
        channel_code,
        product_code,
        0 as received_count,
        0 as regulator_count,
        0 as life_regulator_count,
        0 as escalated_count,
        0 as escalated_regulator_count,
        0 as regulator_excluding_micro_count,
        1 as due_count,
        cast(is_closed_on_time as integer) as closed_on_time_count
    from complaints
    where
        is_forwarded_by_regulator
        and is_due

),

activities as (

    select * from received
    union all
    select * from due

),

daily as (

    select
        activity_date,
        organisation_code,
        channel_code,
        product_code,
        cast(sum(received_count) as bigint) as received_complaint_count,
        cast(sum(regulator_count) as bigint) as regulator_complaint_count,
        cast(sum(life_regulator_count) as bigint) as life_regulator_complaint_count,
        cast(sum(escalated_count) as bigint) as escalated_complaint_count,
        cast(sum(escalated_regulator_count) as bigint) as escalated_regulator_complaint_count,
        cast(sum(regulator_excluding_micro_count) as bigint) as regulator_complaint_excluding_micro_count,
        cast(sum(due_count) as bigint) as due_regulator_complaint_count,
        cast(sum(closed_on_time_count) as bigint) as closed_on_time_regulator_complaint_count
    from activities
    group by activity_date, organisation_code, channel_code, product_code

)

select * from daily
