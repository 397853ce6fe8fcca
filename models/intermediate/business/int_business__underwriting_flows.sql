with

claim_payments as (

    select * from {{ ref('int_business__claim_payments') }}

),

commissions as (

    select * from {{ ref('stg_compliance__commissions') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

statements as (

    select * from {{ ref('stg_finance__reinsurance_statements') }}

),

ledger_amounts as (

    select * from {{ ref('int_enterprise__ledger_amounts') }}

),

paid_claims as (

    select
        paid_date as flow_date,
        organisation_code,
        product_code,
        'claims_paid' as flow_kind,
        paid_amount as amount
    from claim_payments

),

paid_commissions as (

    select
        commissions.paid_date as flow_date,
        policies.organisation_code,
        policies.product_code,
        'commission' as flow_kind,
        commissions.commission_amount as amount
    from commissions
    inner join policies on commissions.policy_number = policies.policy_number

),

ceded as (

    select
        statement_date as flow_date,
        organisation_code,
        product_code,
        unnest(['ceded_premium', 'ceding_commission', 'claims_recovered']) as flow_kind,
        unnest([ceded_premium_amount, ceding_commission_amount, recovered_claim_amount]) as amount
    from statements

),

-- Administration and surcharges are booked for no product; they are shared out later.
shared as (

    select
        accounting_date as flow_date,
        organisation_code,
        cast(null as varchar) as product_code,
        'shared_expense' as flow_kind,
        cost_amount as amount
    from ledger_amounts
    where account_class = 'administrative' or (expense_function = 'tax' and profit_part = 'underwriting')

),

flows as (

    select * from paid_claims
    union all
    select * from paid_commissions
    union all
    select * from ceded
    union all
    select * from shared

),

daily as (

    select
        flow_date,
        organisation_code,
        product_code,
        flow_kind,
        cast(sum(amount) as decimal(18, 2)) as amount
    from flows
    group by flow_date, organisation_code, product_code, flow_kind

)

select * from daily
