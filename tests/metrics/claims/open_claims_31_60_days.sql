-- 未决积压(31-60天): claims open at the end of the period, by the days since their report.
select
    periods.grain,
    periods.period_start_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    1 as numerator,
    null as denominator
from raw.claims.claim as claim
inner join periods on claim.reported_date <= periods.period_end_date
cross join as_of
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
where
    not exists (
        select 1 from raw.claims.claim_stage_event as closing
        where
            closing.claim_number = claim.claim_number and closing.stage = 'closed'
            and closing.event_date <= periods.period_end_date
    )
    and least(periods.period_end_date, as_of.as_of_date) - claim.reported_date between 31 and 60
