-- Detects: a cash finding whose amount is not the sum of the payments shown as its evidence.
-- Guards: CR35 and CR37 measure exactly the money of the records they list, to the cent.
-- A returned row is a finding with another amount than its evidence.
with

findings as (

    select * from {{ ref('fct_compliance_findings') }}
    where rule_code in ('CR35', 'CR37')

),

evidence as (

    select
        finding_id,
        sum(amount) as evidence_amount
    from {{ ref('fct_compliance_finding_evidence') }}
    group by finding_id

),

differing as (

    select
        findings.finding_id,
        findings.measured_value,
        evidence.evidence_amount
    from findings
    inner join evidence on findings.finding_id = evidence.finding_id
    where findings.measured_value <> evidence.evidence_amount

)

select * from differing
