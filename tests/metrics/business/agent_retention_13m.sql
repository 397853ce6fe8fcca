-- 营销员13月留存率: of the agents who joined in a month, those still there at the end of the same month of the next year, by that month.
with joined as (
    select
        *,
        cast(date_trunc('month', hired_date) + interval 12 month as date) as business_date
    from latest.employee
    where employee_type = 'agent'
)

select
    joined.business_date,
    joined.organisation_code,
    joined.channel_code,
    cast(coalesce(joined.left_date > last_day(joined.business_date), true) as integer) as numerator,
    1 as denominator
from joined
cross join as_of
where last_day(joined.business_date) <= as_of.as_of_date
