with

valuations as (

    select * from {{ ref('stg_finance__embedded_values') }}

),

organisations as (

    select * from {{ ref('dim_organisation') }}

),

valued as (

    select
        valuations.organisation_code,
        valuations.valuation_date,
        valuations.report_date,
        organisations.organisation_level = 0 as is_group,
        valuations.adjusted_net_worth_amount,
        valuations.value_in_force_amount,
        valuations.cost_of_capital_amount,
        valuations.embedded_value_amount,
        valuations.new_business_value_amount
    from valuations
    inner join organisations on valuations.organisation_code = organisations.organisation_code

)

select * from valued
