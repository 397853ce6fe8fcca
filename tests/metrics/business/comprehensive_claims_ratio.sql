-- 综合赔付率: of cover of one year or less, claims paid by day of payment less recoveries plus the growth of the net reserves of
-- reported and unreported claims since the valuation before, over net earned premium.
with valuations as (
    select
        organisation_code as company_code,
        date_trunc('quarter', valuation_date)::date as quarter_start,
        valuation_date,
        lag(valuation_date) over (partition by organisation_code order by valuation_date) as valuation_before
    from (select distinct organisation_code, valuation_date from raw.finance.reserve)
),

outstanding as (
    select organisation_code, product_code, valuation_date, sum(gross_amount - ceded_amount) as amount
    from raw.finance.reserve
    where reserve_kind in ('reported_claims', 'not_reported_claims')
    group by all
),

flows as (
    select event.event_date as flow_date, tree.company_code, policy.product_code, event.amount
    from raw.claims.claim_stage_event as event
    inner join raw.claims.claim as claim on event.claim_number = claim.claim_number
    inner join raw.policy_admin.policy as policy on claim.policy_number = policy.policy_number
    inner join organisation_tree as tree on policy.organisation_code = tree.organisation_code
    where event.stage = 'paid'
    union all
    select statement_date, organisation_code, product_code, -recovered_claim_amount from raw.finance.reinsurance_statement
),

parts as (
    select valuations.valuation_date, flows.company_code, flows.product_code, flows.amount as numerator, cast(null as double) as denominator
    from flows
    inner join valuations on flows.company_code = valuations.company_code
        and flows.flow_date between valuations.quarter_start and valuations.valuation_date
    union all
    select valuations.valuation_date, valuations.company_code, outstanding.product_code, outstanding.amount, null
    from valuations
    inner join outstanding on outstanding.organisation_code = valuations.company_code and outstanding.valuation_date = valuations.valuation_date
    union all
    select valuations.valuation_date, valuations.company_code, outstanding.product_code, -outstanding.amount, null
    from valuations
    inner join outstanding on outstanding.organisation_code = valuations.company_code and outstanding.valuation_date = valuations.valuation_before
    union all
    select earned.period_start_date, earned.organisation_code, earned.product_code, 0, earned.numerator
    from checked.earned_premium_net as earned
    where earned.grain = 'day'
)

select parts.valuation_date as business_date, parts.company_code as organisation_code, parts.product_code, parts.numerator, parts.denominator
from parts
inner join latest.product as product on parts.product_code = product.product_code
where not product.is_long_term
