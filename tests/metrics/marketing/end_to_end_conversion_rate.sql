-- 全链路转化率: customers issued a policy over visitors of the landing page, each once a day, company, channel and product.
with events as (
    select touchpoint.*, campaign.organisation_code
    from raw.marketing.touchpoint as touchpoint
    inner join raw.marketing.campaign as campaign on touchpoint.campaign_code = campaign.campaign_code
)

select
    occurred_date as business_date, organisation_code, channel_code, product_code, coalesce(customer_id, visitor_token) as record,
    1 as numerator, 0 as denominator
from events
where event_kind = 'issue'
group by occurred_date, organisation_code, channel_code, product_code, coalesce(customer_id, visitor_token)
union all
select occurred_date, organisation_code, channel_code, product_code, visitor_token, 0, max(represented_visitor_count)
from events
where event_kind = 'landing'
group by occurred_date, organisation_code, channel_code, product_code, visitor_token
