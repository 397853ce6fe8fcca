-- Credit-guarantee insurance: the property company insures lenders against the default of obligors, keeps a part of the liability
-- and pays when an obligor is 80 days past due.
create table world.guarantee as
with dated as (
    select wishes.guarantee_id, demand.day as issue_date
    from (
        select guarantee_id, share_before + (1 - share_before) * uniform('guarantee_day', guarantee_id) as share
        from (select unnest(range(sized(2600))) as guarantee_id)
        cross join world.credit_launch
    ) as wishes
    asof inner join (select * from world.demand where kind = 'credit') as demand on wishes.share >= demand.share_before
),

-- Lenders differ in whom they send: the fourth brings obligors half a unit of logit worse.
drawn as (
    select
        *,
        chosen('lender', guarantee_id, ['LENDER01', 'LENDER01', 'LENDER01', 'LENDER02', 'LENDER02', 'LENDER03', 'LENDER04']) as lender_code,
        chosen('guarantee_kind', guarantee_id, ['consumer_credit', 'consumer_credit', 'consumer_credit', 'small_business', 'instalment_sale']) as guarantee_kind,
        chosen('guarantee_term', guarantee_id, [6, 12, 12, 12, 24]) as term_months,
        -4.1 + 0.9 * normal('obligor', guarantee_id) as obligor_logit
    from dated
),

priced as (
    select
        *,
        1000 * round(clamped(lognormal('guaranteed', guarantee_id, case guarantee_kind when 'small_business' then 90000 else 22000 end, 0.6), 3000, 500000) / 1000) as insured_amount,
        case lender_code when 'LENDER01' then 0.70 when 'LENDER02' then 0.80 when 'LENDER03' then 1.00 else 0.60 end as retained_ratio,
        obligor_logit + case lender_code when 'LENDER04' then 0.5 when 'LENDER01' then -0.15 else 0 end
        + case when issue_date between date '2019-10-01' and date '2020-06-30' then 0.3 else 0 end as true_logit
    from drawn
),

fated as (
    select
        priced.*,
        customer_record.customer_id,
        1 / (1 + exp(-obligor_logit)) as estimated_default_ratio,
        case when uniform('obligor_fails', guarantee_id) < 1 / (1 + exp(-(true_logit + 0.4 * normal('obligor_hidden', guarantee_id))))
            then 1 + floor(0.85 * term_months * uniform('obligor_stops', guarantee_id) ** 1.2)::integer end as stops_at
    from priced
    inner join world.customer_count on customer_count.company_code = 'PROP'
    inner join world.customer_record
        on customer_record.company_code = 'PROP'
        and customer_record.rank_in_company = 1 + floor(customer_count.records * uniform('obligor_customer', guarantee_id))::bigint
)

select
    'GU' || strftime(issue_date, '%Y%m') || lpad(guarantee_id::varchar, 8, '0') as guarantee_number,
    *,
    (issue_date + to_months(term_months::integer))::date as maturity_date,
    -- Claimed when the missed instalment is 80 days past due, paid within three weeks.
    (issue_date + to_months(stops_at::integer))::date + 80 as claimed_date,
    (issue_date + to_months(stops_at::integer))::date + 80 + whole('guarantee_paid', guarantee_id, 3, 21)::integer as paid_date,
    round(insured_amount * (term_months + 1 - stops_at) / term_months, 2) as loss_amount
from fated;

create table delivery.lending__guarantee_policy as
select
    delivered_quarterly(issue_date) as dt,
    guarantee_number,
    customer_id as obligor_customer_id,
    lender_code,
    guarantee_kind,
    guarantee_kind <> 'instalment_sale' as is_financing,
    issue_date,
    maturity_date,
    term_months::integer as term_months,
    insured_amount::decimal(18, 2) as insured_principal_amount,
    retained_ratio::decimal(9, 6) as retained_ratio,
    round(insured_amount * retained_ratio, 2)::decimal(18, 2) as retained_liability_amount,
    -- The price is 1.6 times the expected loss of the retained principal and a tenth of a percent a month for expenses.
    round(insured_amount * (1.6 * estimated_default_ratio * 0.5 + 0.001 * term_months), 2)::decimal(18, 2) as premium_amount,
    round(620 - 62 * (obligor_logit + 4))::integer as obligor_score,
    round(estimated_default_ratio, 6) as estimated_default_ratio
from world.guarantee;

-- The balance at each end of a quarter, until the last instalment or the payment of the claim.
create table delivery.lending__guarantee_balance as
with quarters as (
    select distinct (date_trunc('quarter', day) + interval 3 month - interval 1 day)::date as balance_date from world.calendar
),

open as (
    select
        guarantee.*,
        quarters.balance_date,
        least(date_diff('month', issue_date, balance_date) - (day(balance_date) < day(issue_date))::integer, coalesce(stops_at - 1, 999)) as paid_months,
        case when stops_at is not null then greatest(balance_date - (issue_date + to_months(stops_at::integer))::date, 0) else 0 end as days_past_due
    from world.guarantee
    inner join quarters on quarters.balance_date >= issue_date and quarters.balance_date <= as_of()
        and quarters.balance_date < coalesce(paid_date, maturity_date)
)

select
    delivered_quarterly(balance_date) as dt,
    guarantee_number,
    balance_date,
    round(insured_amount * (term_months - paid_months) / term_months, 2)::decimal(18, 2) as outstanding_principal_amount,
    round(insured_amount * (term_months - paid_months) / term_months * retained_ratio, 2)::decimal(18, 2) as retained_liability_amount,
    days_past_due::integer as days_past_due
from open
where paid_months < term_months;

create table delivery.lending__guarantee_claim as
with recovered as (
    select *, case when uniform('recovers', guarantee_id) < 0.55 then paid_date + whole('recovery_days', guarantee_id, 30, 300)::integer end as recovered_date,
        round(loss_amount * retained_ratio * (0.08 + 0.5 * uniform('recovered_part', guarantee_id)), 2) as recovered
    from world.guarantee
    where claimed_date <= as_of()
),

changes as (
    select guarantee_id, unnest([claimed_date, paid_date, recovered_date]) as happened from recovered
),

versions as (
    select distinct guarantee_id, delivered_quarterly(happened) as dt from changes where happened <= as_of()
)

select
    versions.dt,
    'GC' || guarantee_number[3:] as guarantee_claim_number,
    guarantee_number,
    claimed_date,
    loss_amount::decimal(18, 2) as claimed_amount,
    case when paid_date <= versions.dt then paid_date end as paid_date,
    case when paid_date <= versions.dt then round(loss_amount * retained_ratio, 2) end::decimal(18, 2) as paid_amount,
    case when recovered_date <= versions.dt then recovered_date end as last_recovered_date,
    case when recovered_date <= versions.dt then recovered else 0 end::decimal(18, 2) as recovered_amount
from versions
inner join recovered on recovered.guarantee_id = versions.guarantee_id;
