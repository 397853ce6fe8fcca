-- Borrowers and loan applications. Default follows observable attributes and a factor nobody sees. Lending began as a trial in 2017.
create table world.credit_launch as
select
    greatest(first_day(), least(date '2017-01-01', as_of() - 500)) as launch_day,
    max(share_before) as share_before,
    -- A thousand at least, so that a small group too has loans that are written off.
    greatest(sized(4000), 1000) as applications
from world.demand
where kind = 'credit' and day <= greatest(first_day(), least(date '2017-01-01', as_of() - 500));

create table world.borrower as
with people as (
    select
        borrower_id, borrower_id < credit_launch.applications as has_application, launch_day,
        credit_launch.share_before + (1 - credit_launch.share_before) * uniform('observed', borrower_id) as share,
        uniform('observed_outside', borrower_id) as outside_share
    from (select unnest(range(sized(20000))) as borrower_id)
    cross join world.credit_launch
),

dated as (
    select
        people.borrower_id,
        people.has_application,
        -- Outside samples reach back one more year than the group's own applications.
        case when people.has_application then demand.day
            else launch_day - 365 + floor((as_of() - launch_day + 365) * people.outside_share)::integer end as observation_date
    from people
    asof inner join (select * from world.demand where kind = 'credit') as demand on people.share >= demand.share_before
),

drifted as (
    select *, observation_date >= as_of() - 394 as is_open, case when observation_date >= as_of() - 394 then 1 else 0 end as drift from dated
),

attributes as (
    select
        *,
        clamped(21 + floor(52 * uniform('borrower_age', borrower_id) ** (1.45 + 0.12 * drift)), 21, 73)::integer as age,
        round(clamped(lognormal('income', borrower_id, 9800 * (1 - 0.04 * drift), 0.55), 1500, 200000), -2) as income,
        clamped(lognormal('debt_ratio', borrower_id, 0.30, 0.75), 0, 6) as debt_ratio,
        clamped(uniform('utilisation', borrower_id) ** (2.1 - 0.35 * drift) * 1.12, 0, 1.6) as utilisation,
        event_count(uniform('lines', borrower_id), 2.0) + event_count(uniform('lines_2', borrower_id), 2.4) + 1 as open_lines,
        event_count(uniform('houses', borrower_id), 0.55) as houses,
        event_count(uniform('dependants', borrower_id), 0.75) as dependants,
        0.55 * normal('discipline', borrower_id) as discipline,
        event_count(uniform('long_policies', borrower_id), 0.6) as long_policies
    from drifted
),

histories as (
    select
        *,
        event_count(uniform('past_30', borrower_id), 0.16 * exp(1.1 * discipline + 0.9 * utilisation)) as past_30,
        event_count(uniform('past_60', borrower_id), 0.05 * exp(1.2 * discipline + 0.9 * utilisation)) as past_60,
        event_count(uniform('past_90', borrower_id), 0.055 * exp(1.3 * discipline + 0.9 * utilisation)) as past_90
    from attributes
),

scored as (
    select
        *,
        -4.65 + 2.0 * utilisation + 0.55 * least(past_30, 3) + 0.95 * least(past_60, 3) + 1.05 * least(past_90, 3) - 0.026 * (age - 40)
        + 0.35 * least(debt_ratio, 2) - 0.35 * ln(income / 9800) + 0.10 * dependants - 0.22 * long_policies - 0.12 * houses
        + 0.55 * discipline as visible_logit
    from histories
)

select
    *,
    -- Incomes fell away in the spring of 2020: vintages of the three quarters before and in it are worse by a third.
    uniform('default', borrower_id) < 1 / (1 + exp(-(
        visible_logit + 0.7 * normal('hidden', borrower_id) + case when observation_date between date '2019-10-01' and date '2020-06-30' then 0.3 else 0 end
    ))) as is_bad,
    'W' || lpad(((borrower_id * 7368787 + 71) % 1000000000)::varchar, 9, '0') as borrower_number,
    case when has_application then 'N' || strftime(observation_date, '%Y%m') || lpad(borrower_id::varchar, 7, '0') end as loan_number
from scored;

create table delivery.lending__borrower as
select
    case when is_open then delivered_monthly(observation_date)
        else delivered_monthly(least(as_of() - 92, (greatest(observation_date, first_day()) + interval 12 month)::date)) end as dt,
    borrower_number,
    loan_number,
    observation_date,
    case when uniform('age_known', borrower_id) < 0.995 then age end as age,
    case when uniform('income_known', borrower_id) < 0.88 then income end::decimal(18, 2) as monthly_income_amount,
    round(debt_ratio, 6) as debt_ratio,
    round(utilisation, 6) as revolving_utilisation_ratio,
    open_lines::integer as open_credit_line_count,
    houses::integer as real_estate_loan_count,
    case when uniform('dependants_known', borrower_id) < 0.97 then dependants end::integer as dependant_count,
    past_30::integer as past_due_30_59_count,
    past_60::integer as past_due_60_89_count,
    past_90::integer as past_due_90_count,
    long_policies::integer as long_term_policy_count,
    case when not is_open then is_bad end as is_serious_delinquent
from world.borrower;

create table world.loan as
with applications as (
    select
        borrower.*,
        1 + floor((select records from world.customer_count where company_code = 'PAY') * uniform('loan_customer', borrower_id))::bigint as customer_rank,
        visible_logit + 0.5 * normal('underwriter', borrower_id) as judged,
        uniform('cancels', borrower_id) as cancel_draw,
        observation_date + case when uniform('decides', borrower_id) < 0.8 then 0 else whole('decision_days', borrower_id, 1, 6) end::integer as decided_date,
        chosen('loan_term', borrower_id, [6, 12, 12, 24]) as term_months
    from world.borrower
    where has_application
),

decided as (
    select *, case when cancel_draw < 0.04 then 'cancelled' when judged < -2.60 then 'approved' else 'rejected' end as decision from applications
)

select
    decided.borrower_id,
    decided.loan_number,
    customer_record.customer_id,
    chosen('loan_channel', borrower_id, ['ONLINE', 'ONLINE', 'ONLINE', 'ONLINE_PLATFORM', 'DIRECT']) as channel_code,
    observation_date as application_date,
    decision,
    decided_date,
    income,
    visible_logit,
    long_policies,
    is_bad,
    case when decision = 'approved' then 5000 + 5000 * floor(clamped(income * (2 + 0.5 * long_policies) / 5000, 0, 38)) end::decimal(18, 2) as credit_limit_amount,
    case when decision = 'approved' and uniform('draws', borrower_id) < 0.93 then decided_date + whole('disburse_days', borrower_id, 0, 2)::integer end as disbursed_date,
    round(case when decision = 'approved' then 5000 + 5000 * floor(clamped(income * (2 + 0.5 * long_policies) / 5000, 0, 38)) end
        * (0.4 + 0.6 * uniform('drawn_share', borrower_id)), -2)::decimal(18, 2) as principal_amount,
    (0.072 + 0.012 * floor(6 * clamped((visible_logit + 7) / 4, 0, 0.999)))::decimal(9, 6) as annual_interest_ratio,
    term_months
from decided
inner join world.customer_record on customer_record.company_code = 'PAY' and customer_record.rank_in_company = decided.customer_rank;

create table delivery.lending__loan as
with changes as (
    select loan_number, unnest([application_date, decided_date, disbursed_date]) as happened from world.loan
),

versions as (
    select distinct loan_number, delivered_on(happened) as dt from changes where happened is not null and happened <= as_of()
)

select
    versions.dt,
    loan.loan_number,
    customer_id,
    'PAY' as organisation_code,
    channel_code,
    'CONSUMER_LOAN' as product_code,
    application_date,
    case when decided_date <= versions.dt then decision else 'pending' end as decision,
    case when decided_date <= versions.dt then decided_date end as decided_date,
    case when decided_date <= versions.dt then credit_limit_amount end as credit_limit_amount,
    case when disbursed_date <= versions.dt then disbursed_date end as disbursed_date,
    case when disbursed_date <= versions.dt then principal_amount end as principal_amount,
    case when decided_date <= versions.dt and decision = 'approved' then annual_interest_ratio end as annual_interest_ratio,
    term_months
from versions
inner join world.loan on loan.loan_number = versions.loan_number;
