with

required as (

    select * from {{ ref('int_compliance__dual_recording_required') }}

),

recordings as (

    select * from {{ ref('stg_compliance__dual_recordings') }}

),

recorded as (

    select
        policy_number,
        count(*) as recording_count,
        min(recorded_date) filter (where quality_result = 'passed') as passed_recorded_date
    from recordings
    group by policy_number

),

results as (

    select
        required.*,
        coalesce(recorded.recording_count, 0) as recording_count,
        recorded.passed_recorded_date,
        required.issue_date + required.grace_days as due_date,
        recorded.passed_recorded_date is not null as has_passed_recording,
        coalesce(recorded.passed_recorded_date <= required.issue_date + required.grace_days, false) as has_passed_in_time
    from required
    left join recorded on required.policy_number = recorded.policy_number

)

select * from results
