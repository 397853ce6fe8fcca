-- Status of each metric with a target, per company of the group or per organisation of one company.
with

states as (

    select * from metric_status
    where
        grain = $grain and period_start_date = $period_start_date and dimension_set = $dimension_set
        and channel_code is not distinct from $channel_code
        and product_code is not distinct from $product_code
        and status <> 'no_target'

),

cells as (

    select
        metric_catalogue.metric_code,
        metric_catalogue.name_zh as metric_name_zh,
        metric_catalogue.name_en as metric_name_en,
        metric_catalogue.unit,
        metric_catalogue.format,
        dim_organisation.organisation_code as member_code,
        dim_organisation.organisation_name_zh as name_zh,
        dim_organisation.organisation_name_en as name_en,
        states.value,
        states.target_value,
        states.status
    from states
    inner join metric_catalogue on states.metric_code = metric_catalogue.metric_code
    inner join dim_organisation on states.organisation_code = dim_organisation.organisation_code
    where $company_code is null or dim_organisation.company_code = $company_code

)

select * from cells
order by metric_code, member_code
