-- Reserves from the exposures themselves: unearned premium by day, open claims by case, late claims by lag, long-term
-- policies by the premiums they paid.

-- Sums of decimals do not depend on the order in which threads add them.
create macro exact(amount) as (round(amount, 4)::decimal(24, 4));

-- Quarters are counted through; a day after the last closing counts as the quarter to come.
create macro quarter_number(happened) as (if((happened)::date > as_of(), year(as_of()) * 4 + quarter(as_of()), year((happened)::date) * 4 + quarter((happened)::date) - 1));

create table world.reserve as
with quarters as (
    select quarter_end, quarter_number(quarter_end) as number from world.accounting_quarter
),

exposures as (
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

-- A premium is in the reserve from the quarter it is received in up to the one before its cover ends.
short_quarters as (
    select *, unnest(range(quarter_number(accounting_date), quarter_number(least(term_end, end_date)))) as number from short_terms
),

unearned as (
    select quarters.quarter_end, terms.company_code, terms.product_code, terms.channel_code, 'unearned_premium' as reserve_kind,
        sum(exact(terms.premium_amount * least(1, (terms.term_end - quarters.quarter_end) / greatest(terms.term_end - terms.term_start, 1)))) as gross_amount
    from short_quarters as terms
    inner join quarters on quarters.number = terms.number
    group by all
),

long_premiums as (
    select
        exposures.company_code,
        exposures.product_code,
        exposures.channel_code,
        month_closing(premium.accounting_date) as month_end,
        quarter_number(premium.accounting_date) as first_number,
        quarter_number(exposures.end_date) as end_number,
        sum(premium.premium_amount - coalesce(premium.account_value_amount, 0)) as premium_amount,
        sum(coalesce(premium.account_value_amount, 0)) as deposit_amount
    from exposures
    inner join world.premium on premium.policy_id = exposures.policy_id
    where exposures.is_long_term
    group by all
),

long_quarters as (
    select *, unnest(range(first_number, end_number)) as number from long_premiums
),

-- Account values stand beside the reserve of the rest of the premium.
long_term as (
    select quarters.quarter_end, terms.company_code, terms.product_code, terms.channel_code,
        unnest(['long_term', 'policyholder_deposit']),
        unnest([
            sum(exact(terms.premium_amount * share.reserving_ratio * 1.035 ** ((quarters.quarter_end - terms.month_end) / 365.25))),
            sum(exact(terms.deposit_amount * 1.030 ** ((quarters.quarter_end - terms.month_end) / 365.25)))
        ])
    from long_quarters as terms
    inner join world.reinsurance_share as share on share.product_code = terms.product_code
    inner join quarters on quarters.number = terms.number
    group by quarters.quarter_end, terms.company_code, terms.product_code, terms.channel_code
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

outstanding_quarters as (
    select *, unnest(range(quarter_number(reported_date), quarter_number(closed_date))) as number from outcomes
),

outstanding as (
    select quarters.quarter_end, claims.company_code, claims.product_code, claims.channel_code, 'reported_claims', sum(exact(claims.case_reserve))
    from outstanding_quarters as claims
    inner join quarters on quarters.number = claims.number
    group by all
),

lags as (
    select product_code, avg(reported_date - loss_date) as days from outcomes group by product_code
),

-- Losses that have occurred and are not reported: the losses of the year before, by the mean lag of report, 15 % prudence.
reported as (
    select company_code, product_code, channel_code, quarter_number(reported_date) as number, sum(exact(case_reserve)) as amount from outcomes group by all
),

not_reported as (
    select quarters.quarter_end, reported.company_code, reported.product_code, reported.channel_code, 'not_reported_claims',
        1.15 * sum(reported.amount) * any_value(lags.days) / 365
    from reported
    inner join lags on lags.product_code = reported.product_code
    inner join quarters on reported.number between quarters.number - 3 and quarters.number
    group by quarters.quarter_end, reported.company_code, reported.product_code, reported.channel_code
),

gross as (
    select * from unearned
    union all select * from long_term
    union all select * from outstanding
    union all select * from not_reported
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
