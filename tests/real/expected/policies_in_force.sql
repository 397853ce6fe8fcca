-- IDs with a policy year that covers the last day of the period, and no lapse dated by then; at year ends and at month ends of 2017.
with ends as (
    select 'year' as grain, make_date(y, 1, 1) as period_start_date, make_date(y, 12, 31) as period_end
    from range(2015, 2019) as years(y)
    union all
    select 'month', make_date(2017, m, 1), last_day(make_date(2017, m, 1)) from range(1, 13) as months(m)
),

-- a policy that began before it is first seen also covers the twelve months after its start
covers as (
    select ID, Date_last_renewal as cover_start, Date_next_renewal as cover_end, Date_lapse from segura_motor.policy_year
    union all
    select ID, Date_start_contract, Date_start_contract + interval 1 year, any_value(Date_lapse)
    from segura_motor.policy_year
    group by ID, Date_start_contract
    having min(Date_last_renewal) - Date_start_contract > 365.25 / 2
)

select ends.grain, ends.period_start_date, count(distinct covers.ID) as value
from ends
join covers
    on covers.cover_start <= ends.period_end and covers.cover_end > ends.period_end
    and coalesce(covers.Date_lapse > ends.period_end, true)
group by all
