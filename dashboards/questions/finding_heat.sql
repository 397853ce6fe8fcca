with

rules as (

    select distinct
        theme,
        theme_name_zh,
        theme_name_en
    from dim_compliance_rule

),

findings as (

    select
        coalesce(dim_organisation.branch_code, '') as organisation_code,
        fct_compliance_findings.theme,
        count(*) filter (where fct_compliance_findings.severity = 'red') as red_count,
        count(*) filter (where fct_compliance_findings.severity = 'yellow') as yellow_count
    from fct_compliance_findings
    left join dim_organisation on fct_compliance_findings.organisation_code = dim_organisation.organisation_code
    where $organisation_code is null or fct_compliance_findings.organisation_code in (
        select organisation_code from dim_organisation where $organisation_code in (organisation_code, branch_code, company_code)
    )
    group by all

),

cells as (

    select
        findings.organisation_code,
        dim_organisation.organisation_name_zh as name_zh,
        dim_organisation.organisation_name_en as name_en,
        rules.theme,
        rules.theme_name_zh,
        rules.theme_name_en,
        findings.red_count,
        findings.yellow_count
    from findings
    inner join rules on findings.theme = rules.theme
    left join dim_organisation on findings.organisation_code = dim_organisation.organisation_code

)

select * from cells
order by organisation_code, theme
