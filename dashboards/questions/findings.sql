with

findings as (

    select * from fct_compliance_findings
    where
        ($theme is null or theme = $theme)
        and ($severity is null or severity = $severity)
        and ($organisation_code is null or organisation_code in (
            select organisation_code from dim_organisation where $organisation_code in (organisation_code, branch_code, company_code)
        ))

),

listed as (

    select
        findings.finding_id,
        findings.rule_code,
        dim_compliance_rule.rule_name_zh,
        dim_compliance_rule.rule_name_en,
        findings.severity,
        dim_organisation.organisation_name_zh,
        dim_organisation.organisation_name_en,
        findings.subject_kind,
        findings.subject_code,
        findings.business_date,
        findings.due_date,
        coalesce(findings.due_date < findings.as_of_date, false) as is_overdue,
        findings.measured_value,
        findings.threshold_value,
        dim_compliance_rule.threshold_unit,
        findings.summary_zh,
        findings.summary_en,
        findings.evidence_count
    from findings
    inner join dim_compliance_rule on findings.rule_code = dim_compliance_rule.rule_code
    left join dim_organisation on findings.organisation_code = dim_organisation.organisation_code

)

select * from listed
order by severity, due_date nulls last, finding_id
