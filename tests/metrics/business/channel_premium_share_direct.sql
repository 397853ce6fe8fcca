-- 直销渠道保费占比: of scale premium, the part of channels of group direct.
select
    premium.grain,
    premium.period_start_date,
    premium.period_end_date,
    premium.organisation_code,
    premium.product_code,
    case when channel.channel_group = 'direct' then premium.numerator else 0 end as numerator,
    premium.numerator as denominator
from checked.gross_scale_premium as premium
inner join latest.channel as channel on premium.channel_code = channel.channel_code
