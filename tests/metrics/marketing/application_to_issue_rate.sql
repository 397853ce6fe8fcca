-- 投保—承保转化率: policies issued over applications handed in; what one visitor applies for again on one day (same product) is one application.
with events as (
    select touchpoint.*, campaign.organisation_code
    from raw.marketing.touchpoint as touchpoint
    inner join raw.marketing.campaign as campaign on touchpoint.campaign_code = campaign.campaign_code
)

select distinct
    occurred_date as business_date, organisation_code, channel_code, product_code, policy_number as record, 1 as numerator, 0 as denominator
from events
where event_kind = 'issue'
union all
select occurred_date, organisation_code, channel_code, product_code, visitor_token, 0, max(represented_visitor_count)
from events
where event_kind = 'application'
group by occurred_date, organisation_code, channel_code, product_code, visitor_token
