with

results as (

    select * from {{ ref('int_compliance__dual_recording_results') }}

),

recordings as (

    select * from {{ ref('stg_compliance__dual_recordings') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

-- A policy issued on the as-of date still has until tomorrow.
overdue as (

    select
        results.*,
        as_of.as_of_date - results.issue_date as days_since_issue,
        results.passed_recorded_date - results.issue_date as days_to_passed_recording
    from results
    cross join as_of
    where
        not results.has_passed_in_time
        and results.due_date <= as_of.as_of_date

),

evidence as (

    select
        policy_number,
        'policy' as record_kind,
        policy_number as record_key,
        issue_date as record_date,
        premium_amount as record_amount,
        'requirement=' || requirement_reason as record_note
    from overdue
    union all
    select
        overdue.policy_number,
        'dual_recording' as record_kind,
        recordings.recording_number as record_key,
        recordings.recorded_date as record_date,
        cast(null as decimal(18, 2)) as record_amount,
        'quality_result=' || recordings.quality_result as record_note
    from overdue
    inner join recordings on overdue.policy_number = recordings.policy_number

),

findings as (

    select
        'CR07' as rule_code,
        'policy' as subject_kind,
        overdue.policy_number as subject_code,
        overdue.organisation_code,
        overdue.channel_code,
        overdue.intermediary_code,
        overdue.due_date as business_date,
        -- a recording that passed too late is a lesser breach than none
        case when overdue.has_passed_recording then 'yellow' else 'red' end as severity,
        coalesce(overdue.days_to_passed_recording, overdue.days_since_issue) as measured_value,
        overdue.red_threshold as threshold_value,
        overdue.due_date,
        '保单 ' || overdue.policy_number || ' 于 ' || overdue.issue_date || ' 承保，'
        || case
            when overdue.has_passed_recording then '合格双录迟至 ' || overdue.passed_recorded_date
            when overdue.recording_count > 0 then '有双录但质检未合格'
            else '无双录'
        end as summary_zh,
        'Policy ' || overdue.policy_number || ' issued on ' || overdue.issue_date || ': '
        || case
            when overdue.has_passed_recording then 'a recording passed only on ' || overdue.passed_recorded_date
            when overdue.recording_count > 0 then 'recorded, but no recording passed its quality check'
            else 'no recording'
        end as summary_en,
        evidence.record_kind,
        evidence.record_key,
        evidence.record_date,
        evidence.record_amount,
        evidence.record_note
    from overdue
    inner join evidence on overdue.policy_number = evidence.policy_number

)

select * from findings
