-- Ⅱ类: accounts verified by three or four channels, over accounts opened and not closed, at the end of the
-- period.
select
    periods.grain,
    periods.period_start_date,
    customer.organisation_code,
    null as channel_code,
    null as product_code,
    people.segment_code,
    cast(
        account.verified_date <= periods.period_end_date and account.verification_channel_count between 3 and 4 as integer
    ) as numerator,
    1 as denominator
from periods
inner join latest.account as account
    on periods.period_end_date >= account.opened_date and periods.period_end_date < coalesce(account.closed_date, date '9999-12-31')
inner join latest.customer as customer on account.customer_id = customer.customer_id
inner join people on account.customer_id = people.customer_id
