-- Detects surrenders lost or doubled between the requests and the quarterly aggregate.
-- Guards the joins to products, kinds of surrender and companies.
-- A returned row is a quarter and company of the aggregate whose surrenders differ from the amounts returned on request.
with

requested as (

    select
        cast(date_trunc('quarter', requests.completed_date) as date) as quarter_start_date,
        organisations.company_code as organisation_code,
        sum(requests.refund_amount) as surrender_amount
    from {{ ref('stg_policy_admin__servicing_requests') }} as requests
    inner join {{ ref('int_business__policy_attributes') }} as policies on requests.policy_number = policies.policy_number
    inner join {{ ref('dim_product') }} as products on policies.product_code = products.product_code
    inner join {{ ref('dim_organisation') }} as organisations on policies.organisation_code = organisations.organisation_code
    where
        requests.servicing_type = 'surrender'
        and requests.request_status = 'completed'
        and products.is_long_term
    group by date_trunc('quarter', requests.completed_date), organisations.company_code

),

aggregated as (

    select
        quarter_start_date,
        organisation_code,
        sum(cash_value_surrender_amount + account_value_surrender_amount) as surrender_amount
    from {{ ref('agg_surrenders_quarterly') }}
    group by quarter_start_date, organisation_code

)

select
    aggregated.*,
    requested.surrender_amount as requested_amount
from aggregated
left join requested
    on
        aggregated.quarter_start_date = requested.quarter_start_date
        and aggregated.organisation_code = requested.organisation_code
where aggregated.surrender_amount <> coalesce(requested.surrender_amount, 0)
