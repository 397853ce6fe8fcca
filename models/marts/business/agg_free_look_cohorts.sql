with

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}
    where free_look_end_date is not null

),

cancellations as (

    select * from {{ ref('int_business__free_look_cancellations') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

judged as (

    select
        policies.issue_date,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        policies.free_look_end_date < as_of.as_of_date as is_over,
        coalesce(cancellations.applied_date <= policies.free_look_end_date, false) as is_cancelled
    from policies
    cross join as_of
    left join cancellations on policies.policy_number = cancellations.policy_number

),

cohorts as (

    select
        issue_date,
        organisation_code,
        channel_code,
        product_code,
        count(*) as issued_policy_count,
        count(*) filter (where is_over) as free_look_over_policy_count,
        count(*) filter (where is_over and is_cancelled) as free_look_cancelled_policy_count
    from judged
    group by issue_date, organisation_code, channel_code, product_code

)

select * from cohorts
