-- 保费同比增速: (scale premium of the year to the end of the period - the same of the year before) / the year before.
with daily as (
    select * from checked.gross_scale_premium
    where grain = 'day'
),

sums as (
    select
        periods.grain,
        periods.period_start_date,
        daily.organisation_code,
        daily.channel_code,
        daily.product_code,
        case
            when daily.period_start_date >= date_trunc('year', periods.period_end_date)
                then daily.numerator
            else 0
        end as this_year,
        case
            when daily.period_start_date <= periods.period_end_date - interval 1 year
                then daily.numerator
            else 0
        end as last_year
    from periods
    inner join daily
        on
            daily.period_start_date >= date_trunc('year', periods.period_end_date) - interval 1 year
            and periods.period_end_date >= daily.period_start_date
)

select
    grain,
    period_start_date,
    organisation_code,
    channel_code,
    product_code,
    this_year - last_year as numerator,
    last_year as denominator
from sums
