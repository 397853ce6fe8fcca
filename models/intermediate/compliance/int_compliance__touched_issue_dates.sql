with

touched_policies as (

    {{ touched_dates_of(['policy_admin.policy']) }}

),

touched_recordings as (

    {{ touched_dates_of(['compliance.dual_recording']) }}

),

recordings as (

    select * from {{ ref('stg_compliance__dual_recordings') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}
    where source_name = 'compliance' and entity_name = 'dual_recording'

),

required as (

    select * from {{ ref('int_compliance__dual_recording_required') }}

),

-- A recording moves the figures of the day its policy was issued.
dates as (

    select business_date
    from touched_policies
    union
    select policies.issue_date as business_date
    from recordings
    inner join policies on recordings.policy_number = policies.policy_number
    where recordings.recorded_date in (select business_date from touched_recordings)
    union
    -- what a corrected delivery has taken away can no longer be joined, so every date is taken again
    select issue_date as business_date
    from required
    where exists (select 1 from corrected)

)

select * from dates
