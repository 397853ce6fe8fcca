with

reports as (

    select * from {{ ref('stg_compliance__aml_large_transaction_reports') }}

),

alerts as (

    select * from {{ ref('stg_compliance__aml_alerts') }}

),

parameters as (

    select * from {{ ref('compliance_parameters') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

report_deadlines as (

    select
        reports.organisation_code,
        reports.reported_date,
        due_days.date_day as due_date
    from reports
    cross join parameters
    inner join days as occurred_days on reports.occurred_date = occurred_days.date_day
    inner join days as due_days
        on
            due_days.working_day_number = occurred_days.working_day_number + parameters.large_transaction_report_working_days
            and due_days.is_working_day

),

-- A report counts on the day by which it has to be made, once that day has come.
due as (

    select
        report_deadlines.due_date as activity_date,
        report_deadlines.organisation_code,
        count(*) as due_report_count,
        count(*) filter (where report_deadlines.reported_date <= report_deadlines.due_date) as on_time_report_count
    from report_deadlines
    cross join as_of
    where report_deadlines.due_date <= as_of.as_of_date
    group by all

),

alerted as (

    select
        alerted_date as activity_date,
        organisation_code,
        count(*) as alert_count,
        count(report_submitted_date) as reported_alert_count
    from alerts
    group by all

),

analysed as (

    select
        analysed_date as activity_date,
        organisation_code,
        count(*) as analysed_alert_count,
        sum(analysed_date - alerted_date) as alert_analysis_days
    from alerts
    where analysed_date is not null
    group by all

),

activities as (

    select * from due
    union all by name
    select * from alerted
    union all by name
    select * from analysed

),

daily as (

    select
        activity_date,
        organisation_code,
        cast(coalesce(sum(due_report_count), 0) as bigint) as due_report_count,
        cast(coalesce(sum(on_time_report_count), 0) as bigint) as on_time_report_count,
        cast(coalesce(sum(alert_count), 0) as bigint) as alert_count,
        cast(coalesce(sum(reported_alert_count), 0) as bigint) as reported_alert_count,
        cast(coalesce(sum(analysed_alert_count), 0) as bigint) as analysed_alert_count,
        cast(coalesce(sum(alert_analysis_days), 0) as bigint) as alert_analysis_days
    from activities
    group by activity_date, organisation_code

)

select * from daily
