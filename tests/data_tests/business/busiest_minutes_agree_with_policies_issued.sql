-- Detects days whose busiest minute cannot be right.
-- Guards the date-wise build: companies count every policy, and the busiest of 1440 minutes is at least their average.
-- A returned row is a day and company that differ from the policies issued, or whose busiest minute is below the average or above the day.
with

issued as (

    select
        policies.issue_date,
        organisations.company_code as organisation_code,
        sum(policies.policy_count) as policy_count
    from {{ ref('agg_policies_daily') }} as policies
    inner join {{ ref('dim_organisation') }} as organisations on policies.organisation_code = organisations.organisation_code
    group by policies.issue_date, organisations.company_code

),

compared as (

    select
        coalesce(issued.issue_date, minutes.issue_date) as issue_date,
        coalesce(issued.organisation_code, minutes.organisation_code) as organisation_code,
        issued.policy_count as issued_count,
        minutes.policy_count as counted_count,
        minutes.busiest_minute_policy_count
    from issued
    full join {{ ref('agg_issue_minutes_daily') }} as minutes
        on
            issued.issue_date = minutes.issue_date
            and issued.organisation_code = minutes.organisation_code

)

select * from compared
where
    issued_count is distinct from counted_count
    or busiest_minute_policy_count > counted_count
    or busiest_minute_policy_count * 1440 < counted_count
