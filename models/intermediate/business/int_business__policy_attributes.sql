with

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}

),

attributes as (

    select
        -- keys
        policy_number,
        customer_id,
        product_code,
        organisation_code,
        channel_code,
        intermediary_code,
        employee_code,
        -- attributes
        payment_frequency,
        -- dates
        issue_date,
        effective_date,
        -- amounts and counts
        payment_term_years,
        premium_amount
    from policies

)

select * from attributes
