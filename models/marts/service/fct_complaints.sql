with

complaints as (

    select * from {{ ref('stg_contact_centre__complaints') }}

),

materials as (

    select * from {{ ref('stg_contact_centre__complaint_materials') }}

),

organisations as (

    select * from {{ ref('dim_organisation') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}
    where policy_number in (select complaints.policy_number from complaints)

),

products as (

    select * from {{ ref('dim_product') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

-- A letter to the national regulator passed the local one over.
escalated as (

    select distinct complaint_number
    from materials
    where addressed_to = 'national_regulator'

),

judged as (

    select
        complaints.complaint_number,
        complaints.policy_number,
        policies.product_code,
        complaints.organisation_code,
        complaints.channel_code,
        complaints.intermediary_code,
        complaints.complaint_source,
        complaints.complexity,
        complaints.reason_code,
        complaints.received_date,
        complaints.due_date,
        complaints.closed_date,
        cast(complaints.closed_date - complaints.received_date as integer) as receipt_to_closing_days,
        complaints.complaint_source = 'regulator' as is_forwarded_by_regulator,
        escalated.complaint_number is not null as is_escalated,
        coalesce(organisations.company_type = 'life', false) as is_of_life_company,
        coalesce(products.is_micro_premium, false) as is_micro_premium,
        complaints.due_date <= as_of.as_of_date as is_due,
        coalesce(complaints.closed_date <= complaints.due_date, false) as is_closed_on_time
    from complaints
    cross join as_of
    left join escalated on complaints.complaint_number = escalated.complaint_number
    left join organisations on complaints.organisation_code = organisations.organisation_code
    left join policies on complaints.policy_number = policies.policy_number
    left join products on policies.product_code = products.product_code

)

select * from judged
