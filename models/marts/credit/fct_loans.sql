{{ config(materialized='by_business_date', business_date='application_date', touched_by=['lending.loan']) }}

with

loans as (

    select * from {{ ref('stg_lending__loans') }}
    where {{ touched_only('application_date') }}

),

applications as (

    select
        loan_number,
        application_date,
        customer_id,
        organisation_code,
        channel_code,
        product_code,
        decision,
        decided_date,
        decision in ('approved', 'rejected') as is_decided,
        decision = 'approved' as is_approved,
        credit_limit_amount,
        disbursed_date,
        principal_amount,
        annual_interest_ratio,
        term_months
    from loans

)

select * from applications
