-- 最大渠道保费占比: the scale premium of the channel group that has most of it, over all of it, in each period and cut.
-- combine: largest part
select
    premium.grain,
    premium.period_start_date,
    premium.organisation_code,
    premium.product_code,
    channel.channel_group as part,
    premium.numerator
from checked.gross_scale_premium as premium
inner join latest.channel as channel on premium.channel_code = channel.channel_code
