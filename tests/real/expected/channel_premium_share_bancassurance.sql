-- The Spanish insurer sells through agents and brokers alone: nothing through banks.
select period.grain, period.start as period_start_date, 0 as value
from spanish_channel_premiums
group by all
