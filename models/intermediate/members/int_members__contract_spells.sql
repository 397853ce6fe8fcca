with

policy_spells as (

    select * from {{ ref('int_members__policy_spells') }}

),

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}

),

account_spells as (

    select * from {{ ref('int_members__account_spells') }}

),

customer_records as (

    select * from {{ ref('int_core__customer_records_keyed') }}

),

products as (

    select * from {{ ref('stg_master_data__products') }}

),

contracts as (

    select
        policies.customer_id,
        policies.organisation_code,
        products.organisation_code as company_code,
        products.product_line,
        policy_spells.started_date,
        policy_spells.ended_date,
        policies.effective_date,
        policies.premium_amount,
        case
            when products.is_long_term then policies.payment_term_years
            when policies.coverage_term_years > 0 then 9999
            else 0
        end as premium_year_count
    from policy_spells
    inner join policies on policy_spells.policy_number = policies.policy_number
    inner join products on policies.product_code = products.product_code

    union all

    select
        account_spells.customer_id,
        customer_records.organisation_code,
        customer_records.organisation_code as company_code,
        'account' as product_line,
        account_spells.started_date,
        account_spells.ended_date,
        account_spells.started_date as effective_date,
        0 as premium_amount,
        0 as premium_year_count
    from account_spells
    left join customer_records on account_spells.customer_id = customer_records.customer_id

),

keyed as (

    select
        -- A contract may arrive before its customer record; until then it is a customer of its own record.
        coalesce(customer_records.customer_key, left(sha256('record ' || contracts.customer_id), 24)) as customer_key,
        contracts.organisation_code,
        contracts.company_code,
        contracts.product_line,
        contracts.started_date,
        contracts.ended_date,
        contracts.effective_date,
        contracts.premium_amount,
        contracts.premium_year_count
    from contracts
    left join customer_records on contracts.customer_id = customer_records.customer_id

)

select * from keyed
