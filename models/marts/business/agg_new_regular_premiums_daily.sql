with

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}
    where payment_frequency <> 'single'

),

payment_kinds as (

    select * from {{ ref('int_business__product_payment_kinds') }}
    where payment_kind = 'regular'

),

cancellations as (

    select * from {{ ref('int_business__free_look_cancellations') }}

),

parameters as (

    select * from {{ ref('sales_parameters') }}
    where parameter_code = 'long_payment_term_years'

),

regular_policies as (

    select
        policies.policy_number,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        policies.issue_date,
        policies.premium_amount,
        policies.payment_term_years >= parameters.parameter_value as is_long_payment_term
    from policies
    inner join payment_kinds
        on
            policies.product_code = payment_kinds.product_code
            and policies.payment_frequency = payment_kinds.payment_frequency
    cross join parameters

),

-- A policy cancelled in its free-look period takes its premium back on the day of cancellation.
booked as (

    select
        issue_date as booked_date,
        organisation_code,
        channel_code,
        product_code,
        is_long_payment_term,
        premium_amount as issued_amount,
        0 as cancelled_amount
    from regular_policies

    union all

    select
        cancellations.completed_date as booked_date,
        regular_policies.organisation_code,
        regular_policies.channel_code,
        regular_policies.product_code,
        regular_policies.is_long_payment_term,
        0 as issued_amount,
        regular_policies.premium_amount as cancelled_amount
    from cancellations
    inner join regular_policies on cancellations.policy_number = regular_policies.policy_number

),

daily as (

    select
        booked_date,
        organisation_code,
        channel_code,
        product_code,
        cast(sum(issued_amount) as decimal(18, 2)) as issued_premium_amount,
        cast(coalesce(sum(issued_amount) filter (where is_long_payment_term), 0) as decimal(18, 2)) as issued_long_premium_amount,
        cast(sum(cancelled_amount) as decimal(18, 2)) as free_look_cancelled_amount,
        cast(sum(issued_amount - cancelled_amount) as decimal(18, 2)) as regular_premium_amount
    from booked
    group by booked_date, organisation_code, channel_code, product_code

)

select * from daily
