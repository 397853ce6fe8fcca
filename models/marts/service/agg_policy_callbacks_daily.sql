with

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}
    where free_look_end_date is not null

),

callbacks as (

    select * from {{ ref('stg_contact_centre__policy_callbacks') }}

),

cancellations as (

    select * from {{ ref('int_business__free_look_cancellations') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

first_successes as (

    select
        policy_number,
        min(succeeded_date) as first_succeeded_date
    from callbacks
    where succeeded_date is not null
    group by policy_number

),

-- Who hands the policy back within the days of the free look no longer has to be asked.
judged as (

    select
        policies.issue_date,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        policies.intermediary_code,
        (
            policies.free_look_end_date < as_of.as_of_date
            and not coalesce(cancellations.applied_date <= policies.free_look_end_date, false)
        ) as is_required,
        coalesce(first_successes.first_succeeded_date <= policies.free_look_end_date, false) as is_reached_in_time
    from policies
    cross join as_of
    left join first_successes on policies.policy_number = first_successes.policy_number
    left join cancellations on policies.policy_number = cancellations.policy_number

),

daily as (

    select
        issue_date,
        organisation_code,
        channel_code,
        product_code,
        intermediary_code,
        count(*) as free_look_policy_count,
        count(*) filter (where is_required) as required_callback_count,
        count(*) filter (where is_required and is_reached_in_time) as succeeded_callback_count
    from judged
    group by issue_date, organisation_code, channel_code, product_code, intermediary_code

)

select * from daily
