{{ config(
    materialized='by_business_date',
    business_date='occurred_date',
    touched_by=['compliance.customer_due_diligence']
) }}

with

diligence as (

    select * from {{ ref('stg_compliance__customer_due_diligences') }}
    where {{ touched_only('occurred_date') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

parameters as (

    select * from {{ ref('compliance_parameters') }}

),

required as (

    select
        diligence.occurred_date,
        diligence.organisation_code,
        policies.channel_code,
        policies.product_code,
        policies.intermediary_code,
        diligence.identified_date is not null and diligence.is_complete as is_identified
    from diligence
    inner join policies on diligence.policy_number = policies.policy_number
    cross join parameters
    where
        diligence.business_amount >= case diligence.business_kind
            when 'premium_cash' then parameters.diligence_cash_amount
            when 'premium_transfer' then parameters.diligence_transfer_amount
            when 'surrender' then parameters.diligence_refund_amount
        end

),

daily as (

    select
        occurred_date,
        organisation_code,
        channel_code,
        product_code,
        intermediary_code,
        count(*) as diligence_required_count,
        count(*) filter (where is_identified) as diligence_completed_count
    from required
    group by all

)

select * from daily
