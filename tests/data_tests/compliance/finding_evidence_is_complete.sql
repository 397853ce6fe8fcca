-- Detects: a finding without the records that prove it, or with fewer or more of them than it says.
-- Guards: facts and evidence are cut from the same rows, so their counts agree finding by finding.
-- A returned row is a finding whose evidence_count differs from its evidence.
with

findings as (

    select * from {{ ref('fct_compliance_findings') }}

),

evidence as (

    select
        finding_id,
        count(*) as record_count
    from {{ ref('fct_compliance_finding_evidence') }}
    group by finding_id

),

differing as (

    select
        findings.finding_id,
        findings.rule_code,
        findings.evidence_count,
        evidence.record_count
    from findings
    full join evidence on findings.finding_id = evidence.finding_id
    where findings.evidence_count is distinct from evidence.record_count

)

select * from differing
