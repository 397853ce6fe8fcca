-- The companies of the group, or the organisations of one company, in the period shown.
with

states as (

    select * from metric_status
    where
        metric_code = $metric_code and grain = $grain and period_start_date = $period_start_date
        and dimension_set = $dimension_set
        and channel_code is not distinct from $channel_code
        and product_code is not distinct from $product_code

),

members as (

    select
        states.organisation_code as member_code,
        dim_organisation.organisation_name_zh as name_zh,
        dim_organisation.organisation_name_en as name_en,
        states.value,
        states.target_value,
        states.status
    from states
    inner join dim_organisation on states.organisation_code = dim_organisation.organisation_code
    where $company_code is null or dim_organisation.company_code = $company_code

)

select * from members
order by value desc nulls last
