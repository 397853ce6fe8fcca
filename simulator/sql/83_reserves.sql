-- Reserves from the exposures themselves: unearned premium by day, open claims by case, late claims by lag, long-term
-- policies by the premiums they paid; and the reinsurance of each quarter.
-- Sums of decimals do not depend on the order in which threads add them.
create macro exact(amount) as (round(amount, 4)::decimal(24, 4));

create table world.reinsurance_share as
select
    product_code,
    case
        when is_long_term and demand_kind = 'protection' then 0.20
        when is_long_term then 0.03
        when product_line = 'motor' then 0.10
        when is_micro_premium then 0.25
        when product_line in ('health', 'accident') then 0.15
        else 0.12
    end as ceded_ratio,
    -- Share of the premium that buys cover and savings; the rest pays commission and expenses.
    case when demand_kind = 'protection' then 0.62 when demand_kind = 'savings' then 0.84 else 0.70 end as reserving_ratio
from world.product;

create table world.reserve as
with exposures as (
    select policy.policy_id, policy.company_code, policy.product_code, policy.channel_code, policy.is_long_term, cover.end_date
    from world.policy
    inner join world.cover on cover.policy_id = policy.policy_id
),

-- A year's premium of short cover is earned day by day over twelve months, that of a scenario cover over its few days.
short_terms as (
    select
        exposures.*,
        premium.premium_amount::double as premium_amount,
        premium.accounting_date,
        greatest(premium.due_date, policy.effective_date) as term_start,
        case
            when policy.is_micro then policy.expiry_date
            when policy.months_between is not null then (greatest(premium.due_date, policy.effective_date) + to_months(policy.months_between))::date
            else (greatest(premium.due_date, policy.effective_date) + interval 1 year)::date
        end as term_end
    from exposures
    inner join world.policy on policy.policy_id = exposures.policy_id
    inner join world.premium on premium.policy_id = exposures.policy_id
    where not exposures.is_long_term
),

unearned as (
    select quarter.quarter_end, terms.company_code, terms.product_code, terms.channel_code, 'unearned_premium' as reserve_kind,
        sum(exact(terms.premium_amount * least(1, (terms.term_end - quarter.quarter_end) / greatest(terms.term_end - terms.term_start, 1)))) as gross_amount
    from short_terms as terms
    inner join world.accounting_quarter as quarter
        on quarter.quarter_end between terms.accounting_date and terms.term_end - 1
        and terms.end_date > quarter.quarter_end
    group by all
),

-- Account values stand beside the reserve of the rest of the premium.
long_term as (
    select quarter.quarter_end, exposures.company_code, exposures.product_code, exposures.channel_code,
        unnest(['long_term', 'policyholder_deposit']),
        unnest([
            sum(exact((premium.premium_amount - coalesce(premium.account_value_amount, 0)) * share.reserving_ratio
                * 1.035 ** ((quarter.quarter_end - premium.accounting_date) / 365.25))),
            sum(exact(coalesce(premium.account_value_amount, 0) * 1.030 ** ((quarter.quarter_end - premium.accounting_date) / 365.25)))
        ])
    from exposures
    inner join world.premium on premium.policy_id = exposures.policy_id
    inner join world.reinsurance_share as share on share.product_code = exposures.product_code
    inner join world.accounting_quarter as quarter
        on premium.accounting_date <= quarter.quarter_end and exposures.end_date > quarter.quarter_end
    where exposures.is_long_term
    group by all
),

-- Case reserves differ from what is paid in the end by a tenth or so; cases that end without payment are reserved at 40 %.
outcomes as (
    select
        claim.*,
        policy.company_code,
        policy.channel_code,
        coalesce(min(claim_stage.occurred_at::date) filter (claim_stage.stage = 'closed'), date '9999-12-31') as closed_date,
        if(claim.settled_amount > 0, claim.settled_amount::double * exp(0.12 * normal('case_reserve', claim.claim_id)), 0.4 * claim.claimed_amount) as case_reserve
    from world.claim
    inner join world.policy on policy.policy_id = claim.policy_id
    left join world.claim_stage on claim_stage.claim_id = claim.claim_id
    group by all
),

outstanding as (
    select quarter.quarter_end, outcomes.company_code, outcomes.product_code, outcomes.channel_code, 'reported_claims', sum(exact(outcomes.case_reserve))
    from outcomes
    inner join world.accounting_quarter as quarter
        on outcomes.reported_date <= quarter.quarter_end and outcomes.closed_date > quarter.quarter_end
    group by all
),

lags as (
    select product_code, avg(reported_date - loss_date) as days from outcomes group by product_code
),

-- Losses that have occurred and are not reported: the losses of the year before, by the mean lag of report, 15 % prudence.
not_reported as (
    select quarter.quarter_end, outcomes.company_code, outcomes.product_code, outcomes.channel_code, 'not_reported_claims',
        1.15 * sum(exact(outcomes.case_reserve)) * any_value(lags.days) / 365
    from outcomes
    inner join lags on lags.product_code = outcomes.product_code
    inner join world.accounting_quarter as quarter
        on outcomes.reported_date between quarter.quarter_end - 364 and quarter.quarter_end
    group by all
),

gross as (
    select * from unearned union all select * from long_term union all select * from outstanding union all select * from not_reported
)

select
    gross.quarter_end,
    gross.company_code,
    gross.product_code,
    gross.channel_code,
    gross.reserve_kind,
    round(gross.gross_amount, 2)::decimal(18, 2) as gross_amount,
    round(gross.gross_amount * share.ceded_ratio * case gross.reserve_kind when 'long_term' then 0.5 when 'policyholder_deposit' then 0 when 'not_reported_claims' then 0.9 else 1 end, 2)::decimal(18, 2) as ceded_amount
from gross
inner join world.reinsurance_share as share on share.product_code = gross.product_code
where gross.gross_amount >= 0.01;

create table delivery.finance__reserve as
select delivered_quarterly(quarter_end) as dt, company_code as organisation_code, product_code, channel_code, reserve_kind, quarter_end as valuation_date,
    gross_amount, ceded_amount
from world.reserve;

-- Two reinsurers take 60 and 40 percent of what is ceded; commission falls when the claims of the quarter are high.
create table world.reinsurance_statement as
with quarters as (
    select
        quarter_closing(month_end) as quarter_end,
        company_code,
        product_code,
        greatest(coalesce(sum(amount) filter (flow_kind in ('first_premium', 'later_premium')), 0), 0) as premium_amount,
        coalesce(sum(amount) filter (flow_kind in ('claim', 'benefit')), 0) as claim_amount
    from world.accounting_flow
    group by all
),

treaties(reinsurer_code, treaty_share) as (
    values ('REIN01', 0.6), ('REIN02', 0.4)
)

select
    quarters.quarter_end,
    quarters.company_code,
    quarters.product_code,
    treaties.reinsurer_code,
    round(quarters.premium_amount * share.ceded_ratio * treaties.treaty_share, 2)::decimal(18, 2) as ceded_premium_amount,
    round(quarters.premium_amount * share.ceded_ratio * treaties.treaty_share
        * clamped(0.34 - 0.10 * quarters.claim_amount / greatest(quarters.premium_amount, 1), 0.18, 0.34), 2)::decimal(18, 2) as ceding_commission_amount,
    round(quarters.claim_amount * share.ceded_ratio * treaties.treaty_share, 2)::decimal(18, 2) as recovered_claim_amount
from quarters
cross join treaties
inner join world.reinsurance_share as share on share.product_code = quarters.product_code
where quarters.premium_amount + quarters.claim_amount > 0;

create table delivery.finance__reinsurance_statement as
select
    delivered_quarterly(quarter_end) as dt,
    'RS' || strftime(quarter_end, '%Y%m') || reinsurer_code || company_code || '_' || product_code as statement_number,
    company_code as organisation_code,
    reinsurer_code,
    product_code,
    quarter_end as statement_date,
    ceded_premium_amount,
    ceding_commission_amount,
    recovered_claim_amount
from world.reinsurance_statement;
