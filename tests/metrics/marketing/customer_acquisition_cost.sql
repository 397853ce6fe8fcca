-- 获客成本: all spend over persons whose first online policy (any company, micro-premium covers left out) came from a journey online.
with online as (
    select policy.policy_number, policy.premium_amount, product.product_line,
        row_number() over (
            partition by coalesce(people.person, policy.customer_id) order by policy.issued_at, policy.policy_number
        ) as place
    from raw.policy_admin.policy as policy
    inner join latest.product as product on policy.product_code = product.product_code and not product.is_micro_premium
    inner join latest.channel as channel on policy.channel_code = channel.channel_code and channel.channel_group = 'online'
    left join people on policy.customer_id = people.customer_id
)

select
    touchpoint.occurred_date as business_date, campaign.organisation_code, touchpoint.channel_code, null as product_code,
    0 as numerator, 1 as denominator
from raw.marketing.touchpoint as touchpoint
inner join raw.marketing.campaign as campaign on touchpoint.campaign_code = campaign.campaign_code
inner join online on touchpoint.policy_number = online.policy_number and online.place = 1
where touchpoint.event_kind = 'issue'
union all
select
    spend.spend_month, campaign.organisation_code, spend.channel_code, null,
    spend.media_amount + spend.channel_fee_amount + spend.coupon_subsidy_amount + spend.labour_amount, 0
from raw.marketing.spend as spend
inner join raw.marketing.campaign as campaign on spend.campaign_code = campaign.campaign_code
