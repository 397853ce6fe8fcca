with

surrenders as (

    select * from {{ ref('int_business__surrenders') }}

),

premiums as (

    select * from {{ ref('agg_premiums_daily') }}

),

reserves as (

    select * from {{ ref('stg_finance__reserves') }}
    where reserve_kind in ('long_term', 'policyholder_deposit')

),

products as (

    select * from {{ ref('dim_product') }}
    where is_long_term

),

organisations as (

    select * from {{ ref('dim_organisation') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

-- Reserves are set by companies, so everything stands under the company.
parts as (

    select
        cast(date_trunc('quarter', surrenders.completed_date) as date) as quarter_start_date,
        organisations.company_code as organisation_code,
        surrenders.channel_code,
        surrenders.product_code,
        case when surrenders.surrender_kind = 'cash_value' then surrenders.refund_amount else 0 end as cash_value_surrender_amount,
        case when surrenders.surrender_kind = 'account_value' then surrenders.refund_amount else 0 end as account_value_surrender_amount,
        0 as insurance_premium_amount,
        0 as scale_premium_amount,
        0 as opening_reserve_amount,
        0 as opening_deposit_amount
    from surrenders
    inner join organisations on surrenders.organisation_code = organisations.organisation_code

    union all

    select
        cast(date_trunc('quarter', premiums.accounting_date) as date) as quarter_start_date,
        organisations.company_code as organisation_code,
        premiums.channel_code,
        premiums.product_code,
        0 as cash_value_surrender_amount,
        0 as account_value_surrender_amount,
        premiums.insurance_premium_amount,
        premiums.scale_premium_amount,
        0 as opening_reserve_amount,
        0 as opening_deposit_amount
    from premiums
    inner join products on premiums.product_code = products.product_code
    inner join organisations on premiums.organisation_code = organisations.organisation_code

    union all

    select
        cast(reserves.valuation_date + 1 as date) as quarter_start_date,
        organisations.company_code as organisation_code,
        reserves.channel_code,
        reserves.product_code,
        0 as cash_value_surrender_amount,
        0 as account_value_surrender_amount,
        0 as insurance_premium_amount,
        0 as scale_premium_amount,
        case when reserves.reserve_kind = 'long_term' then reserves.gross_amount else 0 end as opening_reserve_amount,
        case when reserves.reserve_kind = 'policyholder_deposit' then reserves.gross_amount else 0 end as opening_deposit_amount
    from reserves
    inner join organisations on reserves.organisation_code = organisations.organisation_code
    inner join products on reserves.product_code = products.product_code

),

-- Without the reserve at its beginning a quarter has no rate: a denominator of premium alone would multiply it.
valued_quarters as (

    select distinct
        organisations.company_code as organisation_code,
        cast(reserves.valuation_date + 1 as date) as quarter_start_date
    from reserves
    inner join organisations on reserves.organisation_code = organisations.organisation_code
    cross join as_of
    where
        reserves.valuation_date < as_of.as_of_date
        and reserves.valuation_date + 1 = date_trunc('quarter', reserves.valuation_date + 1)

),

quarterly as (

    select
        parts.quarter_start_date,
        parts.organisation_code,
        parts.channel_code,
        parts.product_code,
        cast(sum(parts.cash_value_surrender_amount) as decimal(18, 2)) as cash_value_surrender_amount,
        cast(sum(parts.account_value_surrender_amount) as decimal(18, 2)) as account_value_surrender_amount,
        cast(sum(parts.insurance_premium_amount) as decimal(18, 2)) as insurance_premium_amount,
        cast(sum(parts.scale_premium_amount) as decimal(18, 2)) as scale_premium_amount,
        cast(sum(parts.opening_reserve_amount) as decimal(18, 2)) as opening_reserve_amount,
        cast(sum(parts.opening_deposit_amount) as decimal(18, 2)) as opening_deposit_amount
    from parts
    inner join valued_quarters
        on
            parts.organisation_code = valued_quarters.organisation_code
            and parts.quarter_start_date = valued_quarters.quarter_start_date
    group by parts.quarter_start_date, parts.organisation_code, parts.channel_code, parts.product_code

)

select * from quarterly
