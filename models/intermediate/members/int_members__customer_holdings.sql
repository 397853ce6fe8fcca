{{ config(materialized='table') }}

with

contract_spells as (

    select * from {{ ref('int_members__contract_spells') }}

),

month_ends as (

    select * from {{ ref('int_members__month_ends') }}

),

product_lines as (

    select * from {{ ref('product_lines') }}

),

parameters as (

    select
        max(parameter_value) filter (where parameter_code = 'risk_discount_ratio') as risk_discount_ratio,
        cast(max(parameter_value) filter (where parameter_code = 'lifetime_years') as integer) as lifetime_years
    from {{ ref('member_parameters') }}

),

year_numbers as (

    select unnest(range(0, 101)) as year_count

),

-- What a premium of a yuan a year is worth today over a number of years, the first of them a year from now.
factors as (

    select
        product_lines.product_line,
        product_lines.product_kind,
        year_counts.year_count,
        cast(product_lines.margin_ratio * coalesce(sum(
            pow(product_lines.retention_ratio / (1 + parameters.risk_discount_ratio), years_ahead.year_count)
        ), 0) as decimal(18, 8)) as value_factor
    from product_lines
    cross join parameters
    cross join year_numbers as year_counts
    left join year_numbers as years_ahead on years_ahead.year_count between 1 and year_counts.year_count
    where year_counts.year_count <= parameters.lifetime_years
    group by product_lines.product_line, product_lines.product_kind, product_lines.margin_ratio, year_counts.year_count

),

contract_months as (

    select
        month_ends.snapshot_date,
        contract_spells.customer_key,
        contract_spells.organisation_code,
        contract_spells.company_code,
        contract_spells.product_line,
        contract_spells.premium_amount,
        -- The premium of the running year is paid; a cover of one year may be renewed as long as the horizon.
        least(parameters.lifetime_years, greatest(
            0, contract_spells.premium_year_count - 1 - datesub('year', contract_spells.effective_date, month_ends.snapshot_date)
        )) as future_premium_count
    from contract_spells
    inner join month_ends
        on
            contract_spells.started_date <= month_ends.snapshot_date
            and coalesce(contract_spells.ended_date, date '9999-12-31') > month_ends.snapshot_date
    cross join parameters

),

-- Of kinds and companies the first and the last in the alphabet are enough to tell one from several.
holdings as (

    select
        contract_months.snapshot_date,
        contract_months.customer_key,
        contract_months.organisation_code,
        min(factors.product_kind) as first_product_kind,
        max(factors.product_kind) as last_product_kind,
        min(contract_months.company_code) as first_company_code,
        max(contract_months.company_code) as last_company_code,
        cast(count(*) as integer) as contract_count,
        cast(sum(
            round(contract_months.premium_amount * factors.value_factor, 2)
        ) as decimal(18, 2)) as contract_value_amount
    from contract_months
    inner join factors
        on contract_months.product_line = factors.product_line and contract_months.future_premium_count = factors.year_count
    group by contract_months.snapshot_date, contract_months.customer_key, contract_months.organisation_code

)

select * from holdings
