with

premiums as (

    select * from {{ ref('agg_premiums_daily') }}

),

flows as (

    select * from {{ ref('int_business__underwriting_flows') }}

),

reserve_changes as (

    select * from {{ ref('int_business__reserve_changes') }}

),

products as (

    select * from {{ ref('dim_product') }}

),

organisations as (

    select * from {{ ref('dim_organisation') }}

),

booked as (

    select
        accounting_date as flow_date,
        organisation_code,
        product_code,
        'written_premium' as flow_kind,
        insurance_premium_amount as amount
    from premiums

    union all

    select
        flow_date,
        organisation_code,
        product_code,
        flow_kind,
        amount
    from flows

),

-- A quarter has a result once its reserves are valued.
closings as (

    select distinct
        organisation_code,
        valuation_date,
        cast(date_trunc('quarter', valuation_date) as date) as quarter_start_date
    from reserve_changes

),

of_quarters as (

    select
        closings.valuation_date,
        closings.organisation_code,
        booked.product_code,
        booked.flow_kind,
        sum(booked.amount) as amount
    from booked
    inner join organisations on booked.organisation_code = organisations.organisation_code
    inner join closings
        on
            organisations.company_code = closings.organisation_code
            and booked.flow_date between closings.quarter_start_date and closings.valuation_date
    group by closings.valuation_date, closings.organisation_code, booked.product_code, booked.flow_kind

),

shared_expenses as (

    select
        valuation_date,
        organisation_code,
        sum(amount) as shared_expense_amount
    from of_quarters
    where flow_kind = 'shared_expense'
    group by valuation_date, organisation_code

),

of_products as (

    select
        valuation_date,
        organisation_code,
        product_code,
        flow_kind,
        amount
    from of_quarters
    where product_code is not null

    union all

    select
        valuation_date,
        organisation_code,
        product_code,
        'unearned_change' as flow_kind,
        unearned_change_amount as amount
    from reserve_changes

    union all

    select
        valuation_date,
        organisation_code,
        product_code,
        'outstanding_change' as flow_kind,
        outstanding_change_amount as amount
    from reserve_changes

),

by_product as (

    select
        of_products.valuation_date,
        of_products.organisation_code,
        of_products.product_code,
        not products.is_long_term as is_short_term,
        sum(case when of_products.flow_kind = 'written_premium' then of_products.amount else 0 end) as written_premium_amount,
        sum(case when of_products.flow_kind = 'ceded_premium' then of_products.amount else 0 end) as ceded_premium_amount,
        sum(case when of_products.flow_kind = 'unearned_change' then of_products.amount else 0 end) as unearned_change_amount,
        sum(
            case of_products.flow_kind
                when 'claims_paid' then of_products.amount when 'claims_recovered' then -of_products.amount else 0
            end
        ) as net_paid_claim_amount,
        sum(case when of_products.flow_kind = 'outstanding_change' then of_products.amount else 0 end) as outstanding_change_amount,
        sum(case when of_products.flow_kind = 'commission' then of_products.amount else 0 end) as commission_amount,
        sum(case when of_products.flow_kind = 'ceding_commission' then of_products.amount else 0 end) as ceding_commission_amount
    from of_products
    inner join products on of_products.product_code = products.product_code
    group by of_products.valuation_date, of_products.organisation_code, of_products.product_code, products.is_long_term

),

-- Expenses of the company follow the premium its products wrote in the quarter.
with_shares as (

    select
        by_product.*,
        coalesce(
            shared_expenses.shared_expense_amount
            * greatest(by_product.written_premium_amount, 0)
            / nullif(sum(greatest(by_product.written_premium_amount, 0)) over (
                partition by by_product.valuation_date, by_product.organisation_code
            ), 0), 0
        ) as shared_expense_amount
    from by_product
    left join shared_expenses
        on
            by_product.valuation_date = shared_expenses.valuation_date
            and by_product.organisation_code = shared_expenses.organisation_code

),

quarterly as (

    select
        valuation_date,
        organisation_code,
        product_code,
        is_short_term,
        cast(ceded_premium_amount as decimal(18, 2)) as ceded_premium_amount,
        cast(unearned_change_amount as decimal(18, 2)) as unearned_change_amount,
        cast(written_premium_amount - ceded_premium_amount - unearned_change_amount as decimal(18, 2)) as earned_premium_amount,
        cast(net_paid_claim_amount + outstanding_change_amount as decimal(18, 2)) as incurred_claim_amount,
        cast(
            cast(shared_expense_amount as decimal(18, 2)) + commission_amount - ceding_commission_amount as decimal(18, 2)
        ) as expense_amount
    from with_shares

)

select * from quarterly
