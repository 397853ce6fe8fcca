-- 有效保单件数: at the end of the period cover has begun, its term as renewed by then has not ended,
-- and the last change of state completed by then is none or a reinstatement.
with changes as (
    select * from latest.servicing_request
    where request_status = 'completed'
),

states as (
    select
        periods.grain,
        periods.period_start_date,
        periods.period_end_date,
        policy.*,
        coalesce((
            select max(changes.new_expiry_date) from changes
            where
                changes.policy_number = policy.policy_number and changes.servicing_type = 'renewal'
                and changes.completed_date <= periods.period_end_date
        ), policy.expiry_date) as last_day,
        (
            select arg_max(changes.servicing_type, changes.completed_date) from changes
            where
                changes.policy_number = policy.policy_number and changes.completed_date <= periods.period_end_date
                and changes.servicing_type in (
                    'free_look_cancellation', 'surrender', 'lapse', 'reinstatement', 'expiry', 'death_claim_termination'
                )
        ) as last_change
    from periods
    inner join raw.policy_admin.policy as policy on periods.period_end_date >= policy.effective_date
)

select
    grain,
    period_start_date,
    organisation_code,
    channel_code,
    product_code,
    1 as numerator,
    null as denominator
from states
where coalesce(last_day, period_end_date) >= period_end_date and coalesce(last_change, 'reinstatement') = 'reinstatement'
