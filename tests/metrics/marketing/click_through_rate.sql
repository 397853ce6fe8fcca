-- 曝光点击率: visitors who clicked over visitors shown a material, each once a day, company, channel and product; a row counts as the
-- visitors it stands for.
with visits as (
    select
        touchpoint.occurred_date,
        campaign.organisation_code,
        touchpoint.channel_code,
        touchpoint.product_code,
        touchpoint.visitor_token,
        touchpoint.event_kind,
        max(touchpoint.represented_visitor_count) as visitors
    from raw.marketing.touchpoint as touchpoint
    inner join raw.marketing.campaign as campaign on touchpoint.campaign_code = campaign.campaign_code
    group by all
)

select
    occurred_date as business_date,
    organisation_code,
    channel_code,
    product_code,
    case when event_kind = 'click' then visitors else 0 end as numerator,
    case when event_kind = 'exposure' then visitors else 0 end as denominator
from visits
where event_kind in ('click', 'exposure')
