-- 人员活动率: agents with a policy issued in the month over the mean of agents at its beginning and end; months add up.
with months as (
    select * from periods
    where grain = 'month'
),

sales as (
    select distinct
        employee_code,
        date_trunc('month', issue_date) as sale_month
    from raw.policy_admin.policy
)

select
    months.period_start_date as business_date,
    agent.organisation_code,
    agent.channel_code,
    cast(sales.employee_code is not null as integer) as numerator,
    0.5 * cast(agent.hired_date < months.period_start_date as integer)
    + 0.5 * cast(
        agent.hired_date <= months.period_end_date and coalesce(agent.left_date > months.period_end_date, true) as integer
    ) as denominator
from months
inner join latest.employee as agent
    on
        agent.employee_type = 'agent'
        and agent.hired_date <= months.period_end_date
        and coalesce(agent.left_date >= months.period_start_date, true)
left join sales on agent.employee_code = sales.employee_code and months.period_start_date = sales.sale_month
