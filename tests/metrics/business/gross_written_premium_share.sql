-- 原保险保费收入占比: written premium over scale premium of the period.
select
    grain,
    period_start_date,
    period_end_date,
    organisation_code,
    channel_code,
    product_code,
    numerator,
    0 as denominator
from checked.gross_written_premium
union all
select
    grain,
    period_start_date,
    period_end_date,
    organisation_code,
    channel_code,
    product_code,
    0,
    numerator
from checked.gross_scale_premium
