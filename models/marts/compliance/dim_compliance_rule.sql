with

rules as (

    select * from {{ ref('compliance_rules') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

-- The version in force on the as-of date; before the first load, the newest one.
current_rules as (

    select rules.*
    from rules
    cross join as_of
    where rules.valid_from_date <= coalesce(as_of.as_of_date, rules.valid_from_date)
    qualify row_number() over (partition by rules.rule_code order by rules.valid_from_date desc) = 1

),

described as (

    select
        rule_code,
        theme,
        theme_name_zh,
        theme_name_en,
        rule_name_zh,
        rule_name_en,
        kind,
        condition_zh,
        condition_en,
        legal_basis_zh,
        legal_basis_en,
        reference_code,
        yellow_threshold,
        red_threshold,
        threshold_unit,
        window_days,
        minimum_count,
        minimum_age_years,
        minimum_cover_years,
        floor_amount,
        ceiling_amount,
        grace_days,
        report_working_days,
        valid_from_date,
        valid_to_date,
        change_reason
    from current_rules

)

select * from described
