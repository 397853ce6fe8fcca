-- Premium of the larger of the two channels over all premium.
select
    period.grain, period.start as period_start_date,
    greatest(sum(if(channel = 0, premium, 0)), sum(if(channel = 1, premium, 0))) / sum(premium) as value
from spanish_channel_premiums
group by all
