with

counted as (

    select
        count(*) as finding_count,
        count(*) filter (where severity = 'red') as red_count,
        count(*) filter (where severity = 'yellow') as yellow_count,
        count(*) filter (where due_date < as_of_date) as overdue_count,
        count(distinct rule_code) as firing_rule_count,
        (select count(*) from dim_compliance_rule) as rule_count
    from fct_compliance_findings
    where $organisation_code is null or organisation_code in (
        select organisation_code from dim_organisation where $organisation_code in (organisation_code, branch_code, company_code)
    )

)

select * from counted
