-- 渠道投产比: first-year premium of online orders (micro-premium covers left out) over all spend of the month on the channel.
select
    touchpoint.occurred_date as business_date, campaign.organisation_code, touchpoint.channel_code, null as product_code,
    policy.premium_amount as numerator, 0 as denominator
from raw.marketing.touchpoint as touchpoint
inner join raw.marketing.campaign as campaign on touchpoint.campaign_code = campaign.campaign_code
inner join raw.policy_admin.policy as policy on touchpoint.policy_number = policy.policy_number
inner join latest.product as product on policy.product_code = product.product_code and not product.is_micro_premium
where touchpoint.event_kind = 'issue'
union all
select
    spend.spend_month, campaign.organisation_code, spend.channel_code, null, 0,
    spend.media_amount + spend.channel_fee_amount + spend.coupon_subsidy_amount + spend.labour_amount
from raw.marketing.spend as spend
inner join raw.marketing.campaign as campaign on spend.campaign_code = campaign.campaign_code
