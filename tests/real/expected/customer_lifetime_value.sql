-- The same as the total, for each policy in force: every policy is a customer.
with ends as (
    select make_date(y, 1, 1) as period_start_date, make_date(y, 12, 31) as period_end from range(2016, 2019) as years(y)
),

-- two terms of a policy may overlap by some days
held as (
    select distinct ends.period_end, covers.customer, covers.premium, covers.line
    from ends
    join covers on covers.cover_start <= ends.period_end and coalesce(covers.cover_end > ends.period_end, true)
),

-- margin and yearly retention of a line, discounted at 10 % for the ten years ahead; nothing comes after a single premium
factors as (
    select line, cast(margin * sum(pow(retention / 1.1, years_ahead)) as decimal(18, 8)) as factor
    from (values ('motor', 0.05, 0.75), ('annual life', 0.15, 0.92)) as lines(line, margin, retention)
    cross join range(1, 11) as ahead(years_ahead)
    group by line, margin
),

-- five yuan a year from what else a customer buys, less his service, while nine of ten stay
beside as (
    select cast(5 * sum(pow(0.9 / 1.1, years_ahead)) as decimal(18, 2)) as amount from range(1, 11) as ahead(years_ahead)
)

select
    'year' as grain, ends.period_start_date,
    sum(round(coalesce(held.premium * factors.factor, 0), 2) + beside.amount) / count(*) as value
from ends
join held using (period_end)
left join factors on held.line = factors.line
cross join beside
group by all
