{{ config(materialized='by_business_date', business_date='issue_date', touched_by=['policy_admin.policy']) }}

with

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}
    where {{ touched_only('issue_date') }}

),

payment_kinds as (

    select * from {{ ref('int_business__product_payment_kinds') }}

),

standard_coefficients as (

    select * from {{ ref('int_business__standard_premium_coefficients') }}

),

annual_coefficients as (

    select * from {{ ref('annual_premium_coefficients') }}

),

-- One scan of the policies, joined to small tables only: loads of 20 million micro policies pass through here.
measured as (

    select
        policies.policy_number,
        policies.customer_id,
        policies.product_code,
        policies.organisation_code,
        policies.channel_code,
        policies.intermediary_code,
        policies.employee_code,
        policies.payment_frequency,
        payment_kinds.payment_kind,
        policies.application_date,
        policies.issued_at,
        policies.issue_date,
        policies.effective_date,
        policies.expiry_date,
        policies.free_look_end_date,
        policies.payment_term_years,
        policies.coverage_term_years,
        policies.premium_amount,
        cast(policies.premium_amount * standard_coefficients.coefficient as decimal(18, 2)) as standard_premium_amount,
        cast(policies.premium_amount * annual_coefficients.coefficient as decimal(18, 2)) as annualised_premium_amount,
        policies.sum_insured_amount,
        policies.applicant_age,
        cast(policies.issue_date - policies.application_date as integer) as application_to_issue_days,
        policies.is_electronic,
        payment_kinds.is_micro_premium
    from policies
    inner join payment_kinds
        on
            policies.product_code = payment_kinds.product_code
            and policies.payment_frequency = payment_kinds.payment_frequency
    left join annual_coefficients on payment_kinds.payment_kind = annual_coefficients.payment_kind
    left join standard_coefficients
        on
            payment_kinds.design_type = standard_coefficients.design_type
            and payment_kinds.payment_kind = standard_coefficients.payment_kind
            and policies.payment_term_years = standard_coefficients.payment_term_years
            and coalesce(policies.coverage_term_years, 120)
            between standard_coefficients.coverage_from_years and standard_coefficients.coverage_to_years
            and policies.issue_date between standard_coefficients.valid_from and standard_coefficients.valid_to

)

select * from measured
