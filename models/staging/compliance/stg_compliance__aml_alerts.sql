with

source as (

    select * from {{ source('compliance', 'aml_alert') }}
    qualify {{ latest_delivery(['alert_number']) }}

),

renamed as (

    select
        -- keys
        alert_number,
        model_code,
        customer_id,
        organisation_code,
        -- attributes
        analysis_result,
        -- dates and times
        alerted_date,
        analysed_date,
        report_submitted_date
    from source

)

select * from renamed
