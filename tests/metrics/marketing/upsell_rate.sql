-- 加保率: of the persons with a policy in force on the last day before the month, those issued a long-term policy in it. In force as in
-- 有效保单件数; micro-premium covers left out; a person stands under the channel of the first policy.
with covers as (
    select
        policy.*, coalesce(people.person, policy.customer_id) as person, people.segment_code, product.is_long_term,
        first_value(policy.channel_code) over (
            partition by coalesce(people.person, policy.customer_id) order by policy.issued_at, policy.policy_number
        ) as first_channel_code
    from raw.policy_admin.policy as policy
    inner join latest.product as product on policy.product_code = product.product_code and not product.is_micro_premium
    left join people on policy.customer_id = people.customer_id
),

months as (
    select period_start_date, period_start_date - 1 as eve, period_end_date from periods where grain = 'month'
),

states as (
    select
        months.*, covers.person, covers.segment_code, covers.first_channel_code,
        coalesce((
            select max(renewal.new_expiry_date) from latest.servicing_request as renewal
            where renewal.policy_number = covers.policy_number and renewal.servicing_type = 'renewal'
                and renewal.request_status = 'completed' and renewal.completed_date <= months.eve
        ), covers.expiry_date) as last_day,
        (
            select arg_max(change.servicing_type, change.completed_date) from latest.servicing_request as change
            where change.policy_number = covers.policy_number and change.request_status = 'completed'
                and change.completed_date <= months.eve
                and change.servicing_type in (
                    'free_look_cancellation', 'surrender', 'lapse', 'reinstatement', 'expiry', 'death_claim_termination'
                )
        ) as last_change
    from months
    inner join covers on greatest(covers.effective_date, covers.issue_date) <= months.eve
)

select distinct
    states.period_start_date as business_date, null as organisation_code, states.first_channel_code as channel_code, null as product_code,
    states.segment_code, states.person,
    cast(exists (
        select 1 from covers
        where covers.person = states.person and covers.is_long_term
            and covers.issue_date between states.period_start_date and states.period_end_date
    ) as integer) as numerator,
    1 as denominator
from states
where coalesce(states.last_day, states.eve) >= states.eve and coalesce(states.last_change, 'reinstatement') = 'reinstatement'
