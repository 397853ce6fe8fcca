with

requests as (

    select * from {{ ref('stg_policy_admin__servicing_requests') }}
    where
        servicing_type = 'surrender'
        and request_status = 'completed'
        and completed_date is not null

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

products as (

    select * from {{ ref('stg_master_data__products') }}
    where is_long_term

),

kinds as (

    select * from {{ ref('surrender_kinds') }}

),

surrendered as (

    select
        requests.request_number,
        requests.policy_number,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        requests.completed_date,
        case when products.is_insurance_contract then kinds.surrender_kind else 'account_value' end as surrender_kind,
        coalesce(requests.refund_amount, 0) as refund_amount
    from requests
    inner join policies on requests.policy_number = policies.policy_number
    inner join products on policies.product_code = products.product_code
    left join kinds on products.design_type = kinds.design_type

)

select * from surrendered
