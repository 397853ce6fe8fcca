-- 复购率: of the persons with a new policy in the 365 days to the end of the period, those with two or more; micro-premium covers left
-- out; a person stands under the channel of the first policy.
with purchases as (
    select
        coalesce(people.person, policy.customer_id) as person, people.segment_code, policy.issue_date,
        first_value(policy.channel_code) over (
            partition by coalesce(people.person, policy.customer_id) order by policy.issued_at, policy.policy_number
        ) as channel_code
    from raw.policy_admin.policy as policy
    inner join latest.product as product on policy.product_code = product.product_code and not product.is_micro_premium
    left join people on policy.customer_id = people.customer_id
)

select
    periods.grain, periods.period_start_date, null as organisation_code, purchases.channel_code, null as product_code,
    purchases.segment_code,
    cast(count(*) >= 2 as integer) as numerator, 1 as denominator
from periods
cross join as_of
inner join purchases
    on purchases.issue_date <= least(periods.period_end_date, as_of.as_of_date)
    and purchases.issue_date > least(periods.period_end_date, as_of.as_of_date) - 365
where periods.grain <> 'day'
group by periods.grain, periods.period_start_date, purchases.person, purchases.channel_code, purchases.segment_code
