with

policies as (

    select * from {{ ref('int_marketing__customer_policies') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

parameters as (

    select * from {{ ref('marketing_parameters') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

bounds as (

    select min(issue_date) as first_date
    from policies

),

month_ends as (

    select
        least(
            last_day(unnest(generate_series(date_trunc('month', bounds.first_date), as_of.as_of_date, interval 1 month))),
            as_of.as_of_date
        ) as snapshot_date
    from as_of
    cross join bounds

),

-- A customer is looked at through the policy bought last: for a year after it the customer is one who bought, and one who
-- came back for as long as the purchase before lies in the same window.
windows as (

    select
        policies.customer_key,
        policies.first_channel_code as channel_code,
        coalesce(customers.segment_code, '(unknown)') as segment_code,
        policies.issue_date as first_date,
        least(
            coalesce(policies.next_issue_date, date '9999-12-31'),
            cast(policies.issue_date + parameters.repurchase_window_days as date)
        ) as end_date,
        cast(policies.previous_issue_date + parameters.repurchase_window_days as date) as repeat_end_date
    from policies
    cross join parameters
    left join customers on policies.customer_key = customers.customer_key

),

monthly as (

    select
        month_ends.snapshot_date,
        windows.channel_code,
        windows.segment_code,
        count(*) as purchasing_customer_count,
        count(*) filter (where month_ends.snapshot_date < windows.repeat_end_date) as repurchasing_customer_count
    from windows
    inner join month_ends on windows.first_date <= month_ends.snapshot_date and windows.end_date > month_ends.snapshot_date
    group by month_ends.snapshot_date, windows.channel_code, windows.segment_code

)

select * from monthly
