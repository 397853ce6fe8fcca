with

agents as (

    select * from {{ ref('stg_master_data__employees') }}
    where employee_type = 'agent'

),

policies as (

    select * from {{ ref('fct_policies') }}
    where employee_code is not null

),

parameters as (

    select
        max(parameter_value) filter (where parameter_code = 'active_agent_policies') as active_agent_policies,
        max(parameter_value) filter (where parameter_code = 'agent_retention_month') as agent_retention_month
    from {{ ref('sales_parameters') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

first_days as (

    select
        cast(
            unnest(
                generate_series(
                    date_trunc('month', (select min(policies.issue_date) from policies)),
                    (select as_of.as_of_date from as_of),
                    interval 1 month
                )
            ) as date
        ) as month_start_date

),

months as (

    select
        first_days.month_start_date,
        cast(least(last_day(first_days.month_start_date), as_of.as_of_date) as date) as month_end_date,
        last_day(first_days.month_start_date) <= as_of.as_of_date as is_complete
    from first_days
    cross join as_of

),

sellers as (

    select
        policies.employee_code,
        cast(date_trunc('month', policies.issue_date) as date) as month_start_date
    from policies
    cross join parameters
    group by policies.employee_code, date_trunc('month', policies.issue_date), parameters.active_agent_policies
    having count(*) >= parameters.active_agent_policies

),

-- The day of leaving is the first day on which an agent is no longer there.
employed as (

    select
        months.month_start_date,
        agents.organisation_code,
        agents.channel_code,
        agents.hired_date < months.month_start_date as is_there_at_start,
        agents.hired_date <= months.month_end_date
        and (agents.left_date is null or agents.left_date > months.month_end_date) as is_there_at_end,
        sellers.employee_code is not null as is_active,
        false as is_of_cohort,
        false as is_retained
    from months
    inner join agents
        on
            months.month_end_date >= agents.hired_date
            and (agents.left_date is null or months.month_start_date <= agents.left_date)
    left join sellers
        on
            agents.employee_code = sellers.employee_code
            and months.month_start_date = sellers.month_start_date

),

-- The month of joining is the first, so the thirteenth is the same month of the next year.
joined_before as (

    select
        months.month_start_date,
        agents.organisation_code,
        agents.channel_code,
        false as is_there_at_start,
        false as is_there_at_end,
        false as is_active,
        true as is_of_cohort,
        agents.left_date is null or agents.left_date > months.month_end_date as is_retained
    from months
    cross join parameters
    inner join agents
        on months.month_start_date = date_trunc('month', agents.hired_date) + to_months(parameters.agent_retention_month - 1)
    where months.is_complete

),

counted as (

    select * from employed
    union all
    select * from joined_before

),

monthly as (

    select
        month_start_date,
        organisation_code,
        channel_code,
        count(*) filter (where is_there_at_start) as agents_at_start_count,
        count(*) filter (where is_there_at_end) as agents_at_end_count,
        cast(
            (count(*) filter (where is_there_at_start) + count(*) filter (where is_there_at_end)) / 2 as decimal(18, 1)
        ) as average_agent_count,
        count(*) filter (where is_active) as active_agent_count,
        count(*) filter (where is_of_cohort) as cohort_agent_count,
        count(*) filter (where is_retained) as retained_agent_count
    from counted
    group by month_start_date, organisation_code, channel_code

)

select * from monthly
