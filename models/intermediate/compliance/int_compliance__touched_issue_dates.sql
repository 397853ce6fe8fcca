with

touched_policies as (

    {{ touched_dates_of(['policy_admin.policy']) }}

),

touched_recordings as (

    {{ touched_dates_of(['compliance.dual_recording']) }}

),

touched_checks as (

    {{ touched_dates_of(['compliance.information_check']) }}

),

recordings as (

    select * from {{ ref('stg_compliance__dual_recordings') }}

),

checks as (

    select * from {{ ref('stg_compliance__information_checks') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}
    where source_name = 'compliance' and entity_name in ('dual_recording', 'information_check')

),

-- A recording or a check moves the figures of the day its policy was issued.
dates as (

    select business_date
    from touched_policies
    union
    select policies.issue_date as business_date
    from recordings
    inner join policies on recordings.policy_number = policies.policy_number
    where recordings.recorded_date in (select business_date from touched_recordings)
    union
    select policies.issue_date as business_date
    from checks
    inner join policies on checks.policy_number = policies.policy_number
    where checks.checked_date in (select business_date from touched_checks)
    union
    -- what a corrected delivery has taken away can no longer be joined, so every date is taken again
    select issue_date as business_date
    from policies
    where exists (select 1 from corrected)

)

select * from dates
