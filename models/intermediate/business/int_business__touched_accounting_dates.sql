with

payments as (

    select * from {{ ref('stg_policy_admin__premium_payments') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}

),

delivered as (

    {{ touched_dates_of(['policy_admin.premium_payment']) }}

),

-- A corrected policy may have moved to another organisation or product, and its payments with it.
policy_corrected as (

    select distinct payments.accounting_date as business_date
    from payments
    where exists (
        select 1 from corrected
        where (corrected.source_name, corrected.entity_name) = ('policy_admin', 'policy')
    )

),

touched as (

    select business_date from delivered
    union
    select business_date from policy_corrected

)

select * from touched
