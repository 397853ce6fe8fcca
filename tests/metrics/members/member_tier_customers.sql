-- 会员等级: people with a tier at the end of the period, by the last review of their user; of several users the
-- higher tier.
with reviews as (
    select
        periods.grain,
        periods.period_start_date,
        tier.user_id,
        arg_max(tier.tier_code, tier.evaluated_date) as tier_code
    from periods
    inner join raw.members.member_tier as tier on periods.period_end_date >= tier.evaluated_date
    where periods.grain <> 'day'
    group by periods.grain, periods.period_start_date, tier.user_id
)

select
    reviews.grain,
    reviews.period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    coalesce(any_value(people.segment_code), '(unknown)') as segment_code,
    coalesce(people.person, users.user_id) as member,
    arg_max(reviews.tier_code, tiers.tier_rank) as tier_code,
    max(tiers.tier_rank) as tier_rank,
    1 as numerator,
    null as denominator
from reviews
inner join latest.app_user as users on reviews.user_id = users.user_id
inner join seeds.member_tiers as tiers on reviews.tier_code = tiers.tier_code
left join people on users.customer_id = people.customer_id
group by reviews.grain, reviews.period_start_date, coalesce(people.person, users.user_id)
