-- What is repaid of each loan: on time, late and cured, or not until collected. Who scores worse is late more often and longer.
create table world.instalment as
with schedule as (
    select *, unnest(range(1, term_months + 1)) as instalment_number from world.loan where disbursed_date <= as_of()
),

due as (
    select
        *,
        borrower_id * 100 + instalment_number as instalment_id,
        (disbursed_date + to_months(instalment_number::integer))::date as due_date,
        round(principal_amount / term_months, 2) as equal_part,
        -- Between 0.2 % and 6 % of a good borrower's instalments are a month or two late.
        clamped(0.007 * exp(0.6 * (visible_logit + 4.5)), 0.002, 0.06) as long_late_share,
        uniform('pays_how', borrower_id * 100 + instalment_number) as pays_draw,
        -- Where a bad loan stops; a good one never does.
        case when is_bad then 1 + floor(0.9 * term_months * uniform('stops_at', borrower_id) ** 1.3)::integer else 9999 end as stops_at
    from schedule
)

select
    loan_number,
    instalment_number::integer as instalment_number,
    disbursed_date,
    due_date,
    (case when instalment_number < term_months then equal_part else principal_amount - equal_part * (term_months - 1) end)::decimal(18, 2) as principal_due_amount,
    round((principal_amount - equal_part * (instalment_number - 1)) * annual_interest_ratio / 12, 2)::decimal(18, 2) as interest_due_amount,
    stops_at,
    case
        -- Collectors get one in five of the bad to pay, the first four missed instalments at once.
        when instalment_number >= stops_at and uniform('collected', borrower_id) < 0.2 and instalment_number < stops_at + 4
            then due_date + (30 * (stops_at + 4 - instalment_number) + whole('collected_day', borrower_id, 10, 60))::integer
        when instalment_number >= stops_at then null
        when pays_draw < 0.86 then due_date - whole('days_early', instalment_id, 0, 2)
        when pays_draw > 1 - long_late_share then due_date + whole('days_very_late', instalment_id, 31, 58) + case when uniform('rolls', instalment_id) < 0.2 then 29 else 0 end
        when pays_draw > 0.965 then due_date + whole('days_late', instalment_id, 13, 29)
        else due_date + whole('days_late', instalment_id, 1, 12)
    end::date as paid_date,
    -- The first one missed is sometimes paid in part.
    case when instalment_number = stops_at and uniform('part', instalment_id) < 0.3 then round(equal_part * 0.4, 2) end::decimal(18, 2) as part_paid_amount
from due;

create table delivery.lending__instalment as
with changes as (
    select loan_number, instalment_number, unnest([disbursed_date, paid_date, case when part_paid_amount is not null then due_date end]) as happened
    from world.instalment
),

versions as (
    select distinct loan_number, instalment_number, delivered_monthly(happened) as dt from changes where happened is not null and happened <= as_of()
)

select
    versions.dt,
    instalment.loan_number,
    instalment.instalment_number,
    due_date,
    principal_due_amount,
    interest_due_amount,
    case when paid_date <= versions.dt then paid_date end as paid_date,
    case when paid_date <= versions.dt then (principal_due_amount + interest_due_amount)::decimal(18, 2)
        when part_paid_amount is not null and due_date <= versions.dt then part_paid_amount end as paid_amount
from versions
inner join world.instalment on instalment.loan_number = versions.loan_number and instalment.instalment_number = versions.instalment_number;
