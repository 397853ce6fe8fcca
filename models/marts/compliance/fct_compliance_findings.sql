with

evidence as (

    select * from {{ ref('int_compliance__findings_with_evidence') }}

),

rules as (

    select * from {{ ref('compliance_rules') }}

),

calendar as (

    select * from {{ ref('dim_date') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

findings as (

    select
        finding_id,
        rule_code,
        severity,
        organisation_code,
        channel_code,
        intermediary_code,
        subject_kind,
        subject_code,
        business_date,
        measured_value,
        threshold_value,
        due_date,
        summary_zh,
        summary_en,
        cast(count(*) as integer) as evidence_count
    from evidence
    group by all

),

working_days as (

    select
        working_day_number,
        date_day
    from calendar
    where is_working_day

),

-- A rule that has to be reported within working days is due on the nth working day after the event.
dated as (

    select
        findings.finding_id,
        findings.rule_code,
        rules.theme,
        findings.severity,
        findings.organisation_code,
        findings.channel_code,
        findings.intermediary_code,
        findings.subject_kind,
        findings.subject_code,
        findings.business_date,
        as_of.as_of_date,
        findings.measured_value,
        findings.threshold_value,
        coalesce(findings.due_date, working_days.date_day) as due_date,
        findings.summary_zh,
        findings.summary_en,
        findings.evidence_count
    from findings
    cross join as_of
    inner join rules
        on
            findings.rule_code = rules.rule_code
            and findings.business_date between rules.valid_from_date and coalesce(rules.valid_to_date, date '9999-12-31')
    left join calendar on findings.business_date = calendar.date_day
    left join working_days on calendar.working_day_number + rules.report_working_days = working_days.working_day_number

)

select * from dated
