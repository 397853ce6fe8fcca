-- Detects: a policy whose required recording is overdue without a finding of CR07, or a finding without such a policy.
-- Guards: the fact that carries the metric and the rule that raises findings are built apart and must say the same.
-- A returned row is a policy on which they disagree.
with

overdue as (

    select dual_recordings.policy_number
    from {{ ref('fct_dual_recordings') }} as dual_recordings
    cross join {{ ref('int_core__as_of_date') }} as as_of
    where
        not dual_recordings.has_passed_in_time
        and dual_recordings.due_date <= as_of.as_of_date

),

findings as (

    select subject_code
    from {{ ref('fct_compliance_findings') }}
    where rule_code = 'CR07'

),

differing as (

    select
        overdue.policy_number,
        findings.subject_code
    from overdue
    full join findings on overdue.policy_number = findings.subject_code
    where overdue.policy_number is null or findings.subject_code is null

)

select * from differing
