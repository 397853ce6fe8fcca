-- Money around sales: filed expense ratios and what was spent against them, vendors, assessment days of salespersons.
create table world.expense_filing as
with offers as (
    select distinct policy.channel_code, policy.product_code, policy.kind, greatest(product.launched_date, first_day() - 200) as offered_date
    from world.policy
    inner join world.product on product.product_code = policy.product_code
    where policy.company_code = 'LIFE' and not policy.is_micro
),

ratios as (
    select channel_code, product_code, offered_date, (case kind when 'short' then 0.60 when 'protection' then 0.55 else 0.24 end + case channel_code when 'BANC' then -0.03 when 'BROKER' then 0.02 else 0 end)
        as filed_ratio
    from offers
)

select channel_code, product_code, (filed_ratio + 0.03)::decimal(9, 6) as filed_ratio, offered_date as valid_from_date,
    (date_trunc('year', as_of()) - interval 1 day)::date as valid_to_date, offered_date - 30 as filed_date
from ratios
union all
select channel_code, product_code, filed_ratio::decimal(9, 6), date_trunc('year', as_of())::date, null, (date_trunc('year', as_of()) - interval 40 day)::date from ratios;

create table delivery.compliance__expense_filing as
with versions as (
    select *, delivered_yearly(valid_from_date) as dt, false as is_closed from world.expense_filing
    union all
    select *, delivered_yearly(valid_to_date + 1), true from world.expense_filing where valid_to_date is not null
)

select dt, channel_code, product_code, filed_ratio, valid_from_date, case when is_closed then valid_to_date end as valid_to_date, filed_date
from versions;

-- A quarter's spending lies between 70 and 96 % of what is filed; rule CR11 has one at the line, one a fen and one an eighth over,
-- one that would be over the filing of the next year.
create table world.sales_spending as
with quarters as (
    select
        premium.channel_code, premium.product_code, date_trunc('quarter', premium.accounting_date)::date as quarter_start,
        last_day(date_trunc('quarter', premium.accounting_date) + interval 2 month) as period_end_date, sum(premium.premium_amount) as premium_amount
    from world.premium
    where premium.company_code = 'LIFE'
    group by all
),

planted as (
    from (
        values
        (11001, 'LIFE_ENDOW', 'BANC', quarters_ago(1), 1.0, 0.0), (11002, 'ANNUITY_PENSION', 'BANC', quarters_ago(1), 1.0, 0.01),
        (11003, 'HEALTH_CRITICAL', 'AGENCY', quarters_ago(1), 1.125, 0.0), (11004, 'ANNUITY_PENSION', 'AGENCY', (date_trunc('year', as_of()) - interval 3 month)::date, 0.98, 0.0)
    ) as cases(case_number, product_code, channel_code, quarter_start, share, extra)
),

totals as (
    select
        quarters.*,
        planted.case_number,
        row_number() over (order by quarters.channel_code, quarters.product_code, quarters.quarter_start) as draw_id,
        round(quarters.premium_amount * expense_filing.filed_ratio, 2) as filed_amount,
        planted.share,
        planted.extra
    from quarters
    inner join world.expense_filing
        on expense_filing.channel_code = quarters.channel_code and expense_filing.product_code = quarters.product_code
        and quarters.quarter_start between expense_filing.valid_from_date and coalesce(expense_filing.valid_to_date, date '9999-12-31')
    left join planted
        on planted.channel_code = quarters.channel_code and planted.product_code = quarters.product_code and planted.quarter_start = quarters.quarter_start
    where quarters.period_end_date <= as_of()
),

spent as (
    select *, coalesce(round(filed_amount * share, 2) + extra, floor(100 * filed_amount * (0.70 + 0.26 * uniform('spending', draw_id))) / 100)::decimal(18, 2) as spent_amount
    from totals
)

select spent.*, kinds.expense_kind,
    case kinds.expense_kind
        when 'commission' then floor(54 * spent_amount) / 100
        when 'specialist_pay' then floor(20 * spent_amount) / 100
        when 'training' then floor(9 * spent_amount) / 100
        else spent_amount - floor(54 * spent_amount) / 100 - floor(20 * spent_amount) / 100 - floor(9 * spent_amount) / 100
    end::decimal(18, 2) as expense_amount
from spent
cross join (values ('commission'), ('specialist_pay'), ('training'), ('allocated_fixed')) as kinds(expense_kind);

create table delivery.compliance__sales_expense as
select delivered_yearly(period_end_date) as dt, channel_code, product_code, period_end_date, expense_kind, expense_amount, premium_amount
from world.sales_spending;

-- Vendors. Rule CR13: issuing, information and publicity fees to someone tied to an intermediary.
create table world.vendor_payment as
with ordinary as (
    select unnest(range(1, sized(650 * years_of_history()) + 1)) as payment_id
),

drawn as (
    select payment_id,
        first_day() + floor(uniform('vendor_day', payment_id) * (date_diff('day', first_day(), as_of()) + 1))::integer as paid_date,
        chosen('vendor_purpose', payment_id, ['rent', 'printing', 'printing', 'it_service', 'training_venue', 'publicity_fee', 'publicity_fee',
            'information_fee', 'office_supplies', 'office_supplies'])
            as payment_purpose,
        round(clamped(lognormal('vendor_amount', payment_id, 9000, 1.0), 100, 900000), 2) as payment_amount
    from ordinary
)

select payment_id, paid_date, payment_purpose, payment_amount,
    case when payment_purpose in ('rent', 'training_venue') and uniform('vendor_tied', payment_id) < 0.2 then
        (select chosen('vendor_tie', payment_id, list(intermediary_code order by intermediary_code)) from world.intermediary where intermediary_type = 'bank') end as related_intermediary_code,
    null::integer as case_number
from drawn
union all
select 900000 + case_number, as_of() - days_ago::integer, payment_purpose, amount, intermediary_code, case_number
from (
    values
    (13001, 75, 'issuing_fee', 32000.00, 'AGENCY57'), (13002, 78, 'information_fee', 18000.00, 'BROKER01'), (13003, 81, 'publicity_fee', 26000.00, null),
    (13004, 84, 'publicity_fee', 0.00, 'AGENCY58'), (13005, 87, 'publicity_fee', 0.01, 'AGENCY58'), (13006, 90, 'rent', 45000.00, 'AGENCY57')
) as cases(case_number, days_ago, payment_purpose, amount, intermediary_code);

create table delivery.compliance__vendor_payment as
select
    delivered_yearly(paid_date) as dt, 'VP' || lpad(payment_id::varchar, 9, '0') as vendor_payment_number,
    company_name('vendor', payment_id % 97 + (case_number is not null)::integer * 1000) as vendor_name,
    legal_unit.organisation_code, payment_purpose, related_intermediary_code, payment_amount::decimal(18, 2) as payment_amount, paid_date
from world.vendor_payment
inner join world.legal_unit on legal_unit.position = 1 + floor(uniform('vendor_unit', payment_id) * legal_unit.positions)::bigint;

-- Salespersons are assessed at the end of every quarter; contests end on 20 May and 20 November.
create table world.assessment_day as
with quarters as (
    select unnest(generate_series(date_trunc('quarter', first_day()), as_of() + interval 3 month, interval 3 month))::date as starts_date
),

days as (
    select 'promotion' as assessment_kind, starts_date, (starts_date + interval 3 month - interval 1 day)::date as assessment_date from quarters
    union all
    select 'contest', (starts_date + interval 5 day)::date, (starts_date + interval 49 day)::date from quarters where month(starts_date) in (4, 10)
)

select days.*, organisation.organisation_code, days.starts_date - whole('announced', date_diff('day', date '2000-01-01', days.starts_date), 8, 30)::integer as announced_date
from days
inner join world.organisation on organisation.organisation_level = 1 and organisation.company_type in ('life', 'property');

create table delivery.compliance__assessment_calendar as
select delivered_yearly(announced_date) as dt, left(assessment_kind, 1) || '-' || organisation_code || '-' || strftime(assessment_date, '%Y%m') as assessment_code, assessment_kind,
    organisation_code, announced_date, starts_date, assessment_date
from world.assessment_day
where announced_date <= as_of();
