-- A period is over when it is for the metrics that need no time to mature.
select
    grain,
    period_start_date,
    max(period_end_date) as period_end_date,
    bool_or(is_complete_period) as is_complete_period
from metric_values
where grain in ('month', 'quarter', 'year')
group by grain, period_start_date
order by period_start_date desc
