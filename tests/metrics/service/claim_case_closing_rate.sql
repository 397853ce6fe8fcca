-- 立案结案率: of the claims registered at property companies in the twelve months up to the end of the period (to the as-of date while
-- it is running), those closed by then; withdrawn and zero closings by then are left out of both.
with ends as (
    select grain, period_start_date, least(period_end_date, as_of_date) as end_date
    from periods
    cross join as_of
    where grain <> 'day'
)

select
    ends.grain,
    ends.period_start_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    cast(closing.event_date is not null as integer) as numerator,
    1 as denominator
from raw.claims.claim_stage_event as registered
inner join raw.claims.claim as claim on registered.claim_number = claim.claim_number
inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
inner join latest.organisation as organisation on policy.organisation_code = organisation.organisation_code
inner join ends on registered.event_date <= ends.end_date and registered.event_date > ends.end_date - interval 12 month
left join raw.claims.claim_stage_event as closing
    on claim.claim_number = closing.claim_number and closing.stage = 'closed' and closing.event_date <= ends.end_date
where
    registered.stage = 'registered' and organisation.company_type = 'property'
    and coalesce(closing.conclusion, '') not in ('zero', 'withdrawn')
