-- Large transfers and their reports, alerts of the monitoring models, identification of customers.
create table world.large_business as
with wishes as (
    select unnest(range(1, sized(32 * years_of_history()) + 1)) as transfer_id
),

drawn as (
    select
        transfer_id,
        uniform('large_legal', transfer_id) < 0.6 as is_legal,
        uniform('large_border', transfer_id) < 0.15 as is_cross_border,
        first_day() + floor(uniform('large_day', transfer_id) ** 0.85 * date_diff('day', first_day(), as_of()))::integer as transferred_date
    from wishes
),

-- Premium of group contracts and money moved through accounts, beside single policies.
customers as (
    select customer_id, person_id, company_code, is_legal, row_number() over (partition by is_legal order by customer_id) as position
    from world.customer_record
    where not is_planted
),

counted as (
    select is_legal, count(*) as positions from customers group by is_legal
),

placed as (
    select drawn.*, 1 + floor(uniform('large_customer', transfer_id) * counted.positions)::bigint as position
    from drawn
    inner join counted on counted.is_legal = drawn.is_legal
)

select
    placed.transfer_id,
    placed.is_legal,
    placed.is_cross_border and not placed.is_legal as is_cross_border,
    placed.transferred_date,
    customers.customer_id,
    customers.company_code as organisation_code,
    round(case when placed.is_legal then clamped(lognormal('large_amount', transfer_id, 2900000, 0.3), 2000000, 20000000)
        when placed.is_cross_border then clamped(lognormal('large_amount', transfer_id, 260000, 0.2), 200000, 900000)
        else clamped(lognormal('large_amount', transfer_id, 680000, 0.25), 500000, 4000000) end, -2)::decimal(18, 2) as amount
from placed
inner join customers on customers.is_legal = placed.is_legal and customers.position = placed.position;

-- Bank transfers of 20,000 or more into policies, refunds of 5,000 or more out of them, and the large business above.
create table world.fund_transfer as
with policy_transfers as (
    select
        payment_id as draw_id, customer_id, company_code as organisation_code, false as is_legal, policy_number, planted_number, 'in' as direction,
        premium_amount as amount, accounting_date as transferred_date
    from world.premium
    where payment_method = 'transfer' and premium_amount >= 20000
    union all
    select
        70000000000 + request.policy_id, request.customer_id, policy.company_code, false, request.policy_number, policy.planted_number, 'out',
        request.refund_amount, request.completed_date
    from world.servicing_request as request
    inner join world.policy on policy.policy_id = request.policy_id
    where request.servicing_type in ('surrender', 'free_look_cancellation') and not request.is_withdrawn and request.refund_amount >= 5000 and request.completed_date <= as_of()
),

policy_rows as (
    select
        policy_transfers.*,
        planted_policy.case_number,
        case when planted_policy.case_number is not null then case when planted_policy.case_number = 38006 and direction = 'out' then 'third_party' else 'self' end
            when direction = 'out' then 'self'
            when uniform('payer', draw_id) < 0.06 then 'family' when uniform('payer', draw_id) < 0.07 then 'third_party' else 'self' end as account_relation,
        coalesce(planted_policy.case_number in (36004, 36005), amount < 150000 and uniform('border', draw_id) < 0.012) as is_cross_border,
        case when planted_policy.case_number in (38006, 38007) then direction = 'in' else uniform('account_on_file', draw_id) < 0.9 end as is_registered_account
    from policy_transfers
    left join world.planted_policy on planted_policy.planted_number = policy_transfers.planted_number
),

legal_customers as (
    select customer_id, company_code, row_number() over (order by customer_id) as position from world.customer_record where is_legal
)

select draw_id, customer_id, organisation_code, is_legal, policy_number, case_number, direction, amount, transferred_date, account_relation, is_cross_border, is_registered_account
from policy_rows
union all
select 80000000000 + transfer_id, customer_id, organisation_code, is_legal, null, null, case when transfer_id % 4 = 0 then 'out' else 'in' end, amount, transferred_date, 'self',
    is_cross_border, true
from world.large_business
union all
select 81000000000 + legal_customers.position, customer_id, company_code, true, null, cases.case_number, 'in', cases.amount, as_of() - 47 - cases.position::integer, 'self', false, true
from (values (36006, 1, 2000000.00), (36007, 2, 1999999.99)) as cases(case_number, position, amount)
inner join legal_customers on legal_customers.position = cases.position;

create table delivery.compliance__fund_transfer as
select
    delivered_yearly(transferred_date) as dt,
    'FT' || strftime(transferred_date, '%Y%m') || lpad(((draw_id * 7919 + 41) % 1000000000000)::varchar, 12, '0') as transfer_number,
    customer_id,
    if(is_legal, 'legal', 'natural') as customer_type,
    organisation_code,
    policy_number,
    direction as transfer_direction,
    account_relation,
    is_registered_account,
    is_cross_border,
    amount::decimal(18, 2) as transfer_amount,
    transferred_date
from world.fund_transfer;

-- Days on which a person paid 50,000 or more in cash, and large transfers that no bank reports, are reported within five working
-- days; four in a hundred are late.
create table world.large_report as
with cash as (
    select premium.person_id, min(premium.customer_id) as customer_id, min(premium.company_code) as organisation_code, premium.accounting_date as occurred_date,
        sum(premium.premium_amount) as amount
    from world.premium
    where premium.payment_method = 'cash'
    group by all
    having sum(premium.premium_amount) >= 50000
),

everything as (
    select 1000000 + row_number() over (order by occurred_date, person_id) as report_id, customer_id, organisation_code, occurred_date, 'cash' as transaction_kind, amount from cash
    union all
    select transfer_id, customer_id, organisation_code, transferred_date, case when is_cross_border then 'cross_border_transfer' when is_legal then 'transfer_legal' else 'transfer_natural' end,
        amount
    from world.large_business
)

select
    *,
    working_days_after(
        on_a_weekday(occurred_date), case when uniform('report_late', report_id) < 0.04 then whole('report_days', report_id, 6, 9) else whole('report_days', report_id, 1, 5) end
    ) as reported_date
from everything;

create table delivery.compliance__aml_large_transaction_report as
with versions as (
    select distinct report_id, delivered_yearly(happened) as dt
    from (select report_id, unnest([occurred_date, reported_date]) as happened from world.large_report)
    where happened <= as_of()
)

select versions.dt, 'LT' || strftime(occurred_date, '%Y') || lpad(large_report.report_id::varchar, 8, '0') as report_number, customer_id, organisation_code, transaction_kind,
    amount::decimal(18, 2) as transaction_amount, occurred_date, case when reported_date <= versions.dt then reported_date end as reported_date
from versions
inner join world.large_report on large_report.report_id = versions.report_id;

-- Models differ in worth: one in seven alerts of the payee model becomes a report, one in 250 of the region model.
create table delivery.compliance__aml_alert as
with persons as (
    select customer_id, company_code, row_number() over (order by customer_id) as position from world.customer_record where not is_legal
),

wishes as (
    select unnest(range(1, sized(360 * years_of_history()) + 1)) as alert_id
),

models as (
    from (values (0, 'cash_structuring', 0.12, 4.0), (1, 'quick_surrender', 0.08, 3.0), (2, 'third_party_payee', 0.145, 5.0), (3, 'beneficiary_change', 0.02, 2.0),
        (4, 'high_risk_region', 0.004, 1.5)) as models(position, model_code, report_share, median_days)
),

dated as (
    select
        wishes.alert_id,
        models.*,
        first_day() + floor(uniform('alert_day', alert_id) ** 0.8 * (date_diff('day', first_day(), as_of()) + 1))::integer as alerted_date,
        persons.customer_id,
        persons.company_code
    from wishes
    inner join models on models.position = floor(uniform('alert_model', wishes.alert_id) * 5)
    inner join persons on persons.position = 1 + floor(uniform('alert_customer', wishes.alert_id) * (select count(*) from persons))::bigint
),

analysed as (
    select
        *,
        alerted_date + clamped(floor(lognormal('alert_analysis', alert_id, median_days, 0.7)), 0, 40)::integer as analysed_date,
        uniform('alert_result', alert_id) < report_share as is_reported
    from dated
),

reported as (
    select *, case when is_reported then analysed_date + whole('alert_report', alert_id, 0, 3)::integer end as report_submitted_date from analysed
),

versions as (
    select distinct alert_id, delivered_quarterly(happened) as dt
    from (select alert_id, unnest([alerted_date, analysed_date, report_submitted_date]) as happened from reported)
    where happened <= as_of()
)

select versions.dt, 'AL' || lpad(reported.alert_id::varchar, 8, '0') as alert_number, model_code, customer_id, company_code as organisation_code, alerted_date,
    case when analysed_date <= versions.dt then analysed_date end as analysed_date,
    case when analysed_date > versions.dt then 'pending' when is_reported then 'suspicious' else 'excluded' end as analysis_result,
    case when report_submitted_date <= versions.dt then report_submitted_date end as report_submitted_date
from versions
inner join reported on reported.alert_id = versions.alert_id;
