with

policies as (

    select * from {{ ref('stg_policy_admin__policies') }}

),

products as (

    select * from {{ ref('stg_master_data__products') }}
    where product_line in ('life', 'annuity', 'health', 'accident')

),

channels as (

    select * from {{ ref('stg_master_data__channels') }}

),

rules as (

    select * from {{ ref('compliance_rules') }}

),

described as (

    select
        policies.policy_number,
        policies.issue_date,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        policies.intermediary_code,
        policies.employee_code,
        policies.premium_amount,
        rules.red_threshold,
        rules.grace_days,
        channels.channel_group = 'bancassurance' as is_bancassurance,
        products.design_type = 'unit_linked' as is_unit_linked,
        coalesce(policies.applicant_age >= rules.minimum_age_years, false) as is_of_protected_age,
        -- an empty term is whole life, see the contract
        coalesce(policies.coverage_term_years > rules.minimum_cover_years, true) as is_long_cover
    from policies
    inner join products on policies.product_code = products.product_code
    inner join channels on policies.channel_code = channels.channel_code
    inner join rules on {{ rule_holds_on('CR07', 'policies.issue_date') }}

),

required as (

    select
        *,
        case when is_bancassurance and is_long_cover then 'bancassurance' else 'age' end as requirement_reason
    from described
    where
        (is_bancassurance and is_long_cover)
        or (is_of_protected_age and (is_long_cover or is_unit_linked))

)

select * from required
