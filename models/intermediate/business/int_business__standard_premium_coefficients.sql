with

coefficients as (

    select * from {{ ref('standard_premium_coefficients') }}

),

versions as (

    select * from {{ ref('standard_premium_versions') }}

),

design_types as (

    select distinct design_type from {{ ref('stg_master_data__products') }}

),

in_force as (

    select
        coefficients.*,
        versions.valid_from,
        versions.valid_to
    from coefficients
    inner join versions on coefficients.coefficient_version = versions.coefficient_version

),

-- A row for one design type comes before the row for any.
by_design_type as (

    select
        in_force.* exclude (design_type),
        design_types.design_type
    from design_types
    inner join in_force on in_force.design_type in (design_types.design_type, 'any')
    qualify
        rank() over (
            partition by design_types.design_type, in_force.payment_kind, in_force.coefficient_version, in_force.valid_from
            order by in_force.design_type = 'any'
        ) = 1

),

-- One row per year of payment term, so that a fact of any size finds its coefficient by an equality join.
by_payment_term as (

    select
        design_type,
        payment_kind,
        cast(unnest(range(payment_term_from_years, payment_term_to_years + 1)) as integer) as payment_term_years,
        coverage_from_years,
        coverage_to_years,
        valid_from,
        valid_to,
        coefficient
    from by_design_type

)

select * from by_payment_term
