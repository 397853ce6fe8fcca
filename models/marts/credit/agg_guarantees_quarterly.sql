with

balances as (

    select * from {{ ref('stg_lending__guarantee_balances') }}

),

guarantees as (

    select * from {{ ref('stg_lending__guarantee_policies') }}

),

claims as (

    select * from {{ ref('stg_lending__guarantee_claims') }}

),

balance_sheets as (

    select * from {{ ref('stg_finance__balance_sheet_items') }}

),

organisations as (

    select * from {{ ref('dim_organisation') }}

),

parameters as (

    select * from {{ ref('credit_parameters') }}

),

balance_dates as (

    select distinct balance_date
    from balances

),

-- Of what was paid by the date, the part not recovered by then; before the first payment the loss nobody knows yet.
losses as (

    select
        balance_dates.balance_date,
        coalesce(
            1 - cast(coalesce(sum(claims.recovered_amount) filter (where claims.last_recovered_date <= balance_dates.balance_date), 0) as double)
            / nullif(cast(sum(claims.paid_amount) as double), 0),
            any_value(parameters.unknown_loss_given_default_ratio)
        ) as loss_given_default_ratio
    from balance_dates
    cross join parameters
    left join claims on balance_dates.balance_date >= claims.paid_date
    group by balance_dates.balance_date

),

-- Guarantees are written by the property companies; what they may carry follows their net assets a quarter before.
net_assets as (

    select
        balance_sheets.balance_date,
        sum(balance_sheets.item_amount) as net_asset_amount
    from balance_sheets
    inner join organisations on balance_sheets.organisation_code = organisations.organisation_code
    where
        balance_sheets.item_code = 'net_assets'
        and organisations.organisation_level = 1 and organisations.company_type = 'property'
    group by balance_sheets.balance_date

),

exposures as (

    select
        balances.balance_date,
        guarantees.obligor_customer_id,
        guarantees.is_financing,
        balances.retained_liability_amount,
        guarantees.premium_amount,
        -- an obligor in default is certain to be a loss
        case
            when balances.days_past_due >= parameters.serious_past_due_days then 1
            else guarantees.estimated_default_ratio
        end as default_ratio
    from balances
    inner join guarantees on balances.guarantee_number = guarantees.guarantee_number
    cross join parameters

),

obligors as (

    select
        balance_date,
        obligor_customer_id,
        sum(retained_liability_amount) as obligor_amount
    from exposures
    group by balance_date, obligor_customer_id

),

largest_obligors as (

    select
        balance_date,
        max(obligor_amount) as largest_obligor_amount
    from obligors
    group by balance_date

),

totals as (

    select
        balance_date,
        sum(retained_liability_amount) as retained_liability_amount,
        sum(case when is_financing then retained_liability_amount else 0 end) as financing_liability_amount,
        sum(premium_amount) as premium_amount,
        sum(cast(retained_liability_amount * default_ratio as decimal(28, 10))) as defaulting_amount
    from exposures
    group by balance_date

),

quarterly as (

    select
        totals.balance_date,
        cast(totals.retained_liability_amount as decimal(18, 2)) as retained_liability_amount,
        cast(totals.financing_liability_amount as decimal(18, 2)) as financing_liability_amount,
        cast(largest_obligors.largest_obligor_amount as decimal(18, 2)) as largest_obligor_amount,
        cast(totals.premium_amount as decimal(18, 2)) as premium_amount,
        cast(cast(totals.defaulting_amount as double) * losses.loss_given_default_ratio as decimal(18, 2)) as expected_loss_amount,
        cast(net_assets.net_asset_amount as decimal(18, 2)) as net_asset_amount
    from totals
    inner join largest_obligors on totals.balance_date = largest_obligors.balance_date
    inner join losses on totals.balance_date = losses.balance_date
    left join net_assets on last_day(totals.balance_date - interval 3 month) = net_assets.balance_date

)

select * from quarterly
