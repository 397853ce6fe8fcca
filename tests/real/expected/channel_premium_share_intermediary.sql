-- Premium of policies sold by brokers in their first year seen, over all premium.
select period.grain, period.start as period_start_date, sum(if(channel = 1, premium, 0)) / sum(premium) as value
from spanish_channel_premiums
group by all
