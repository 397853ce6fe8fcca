-- Companies and organisations that have values, each company before what lies below it.
with

members as (

    select distinct organisation_code
    from metric_values
    where dimension_set in ('company', 'organisation')

),

listed as (

    select
        dim_organisation.organisation_code,
        dim_organisation.organisation_name_zh,
        dim_organisation.organisation_name_en,
        dim_organisation.company_code,
        dim_organisation.organisation_level
    from dim_organisation
    inner join members on dim_organisation.organisation_code = members.organisation_code
    where dim_organisation.organisation_level >= 1

)

select * from listed
order by company_code, organisation_level, organisation_code
