with

source as (

    select * from {{ source('finance', 'embedded_value') }}

),

renamed as (

    select
        -- keys
        organisation_code,
        valuation_date,
        -- dates and times
        report_date,
        -- amounts and counts
        adjusted_net_worth_amount,
        required_capital_amount,
        free_surplus_amount,
        value_in_force_amount,
        cost_of_capital_amount,
        embedded_value_amount,
        new_business_value_amount,
        risk_discount_ratio
    from source

)

select * from renamed
