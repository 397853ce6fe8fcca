-- Commission on what intermediaries and agents brought, below the filed cap of the day it is paid; caps were lowered this year.
create table world.commission_cap as
with offers as (
    select distinct policy.product_code, policy.archetype, policy.is_micro, policy.channel_code, policy.payment_term_years, product.launched_date
    from world.policy
    inner join world.product on product.product_code = policy.product_code
),

filings as (
    select
        offers.*,
        case
            when is_micro then 0.40
            when archetype in ('MOTOR', 'CREDIT_GUARANTEE') then 0.18
            when archetype in ('HEALTH_MEDICAL', 'BROKEN_SCREEN') then 0.35
            when archetype = 'ACCIDENT_YEAR' then 0.40
            when channel_code = 'BANC' then case when payment_term_years = 0 then 0.03 when payment_term_years <= 3 then 0.09
                when payment_term_years <= 5 then 0.14 else 0.18 end
            when payment_term_years = 0 then 0.04
            when payment_term_years <= 3 then 0.12
            when payment_term_years <= 5 then 0.20
            when payment_term_years <= 10 then 0.30
            else 0.40
        end as cap_ratio
    from offers
)

select channel_code, product_code, payment_term_years, cap_ratio::decimal(9, 6) as cap_ratio, greatest(launched_date, date_trunc('year', least(date '2019-01-01', first_day())))::date as valid_from_date,
    (date_trunc('year', as_of()) - interval 1 day)::date as valid_to_date, (greatest(launched_date, date_trunc('year', least(date '2019-01-01', first_day()))) - interval 42 day)::date as filed_date
from filings
union all
select channel_code, product_code, payment_term_years, (cap_ratio - 0.02 * (cap_ratio > 0.05)::integer)::decimal(9, 6), date_trunc('year', as_of())::date,
    null, (date_trunc('year', as_of()) - interval 32 day)::date
from filings;

create table world.commission as
with earned as (
    select
        premium.*,
        policy.intermediary_code,
        policy.employee_code,
        policy.payment_term_years,
        policy.is_long_term,
        (date_trunc('month', premium.accounting_date) + interval 1 month + interval 14 day)::date as paid_date,
        planted_policy.commission as planted
    from world.premium
    inner join world.policy on policy.policy_id = premium.policy_id
    inner join world.policy_fate on policy_fate.policy_id = premium.policy_id
    left join world.planted_policy on planted_policy.planted_number = premium.planted_number
    where premium.channel_code in ('AGENCY', 'BANC', 'BROKER', 'ONLINE_PLATFORM')
        and premium.policy_year <= 5
        and policy_fate.free_look_date is null
        and coalesce(planted_policy.commission, '') <> 'none'
),

capped as (
    select
        earned.*,
        commission_cap.cap_ratio,
        (case when not earned.is_long_term then 0.95
            else [1.0, 0.42, 0.25, 0.12, 0.08][earned.policy_year] end) * (0.80 + 0.18 * uniform('commission', earned.policy_id)) as share_of_cap
    from earned
    inner join world.commission_cap
        on commission_cap.channel_code = earned.channel_code
        and commission_cap.product_code = earned.product_code
        and commission_cap.payment_term_years = earned.payment_term_years
        and earned.paid_date between commission_cap.valid_from_date and coalesce(commission_cap.valid_to_date, date '9999-12-31')
    where earned.paid_date <= as_of()
)

select
    'C' || strftime(paid_date, '%Y%m') || lpad(((payment_id * 7919 + 29) % 1000000000000)::varchar, 12, '0') as commission_number,
    policy_number,
    policy_id,
    planted,
    channel_code,
    organisation_code,
    intermediary_code,
    employee_code,
    policy_year,
    premium_amount,
    cap_ratio,
    case planted
        when 'at_cap' then round(premium_amount * cap_ratio, 2)
        when 'over_cap_by_fen' then round(premium_amount * cap_ratio, 2) + 0.01
        when 'over_cap' then round(premium_amount * cap_ratio * 1.5, 2)
        when 'between_caps' then round(premium_amount * 0.29, 2)
        else floor(100 * premium_amount * cap_ratio * share_of_cap) / 100
    end::decimal(18, 2) as commission_amount,
    paid_date
from capped;

create table delivery.compliance__commission as
select
    delivered_on(paid_date) as dt, commission_number, policy_number, intermediary_code, employee_code, policy_year, premium_amount,
    commission_amount, paid_date
from world.commission;

-- A cap is delivered when it comes into force; the one it replaces is delivered again, closed, in the same file.
create table delivery.compliance__commission_cap as
with versions as (
    select *, delivered_monthly(valid_from_date) as dt, false as is_closed from world.commission_cap
    union all
    select *, delivered_monthly(valid_to_date + 1), true from world.commission_cap where valid_to_date is not null
)

select
    dt,
    channel_code,
    product_code,
    payment_term_years::integer as payment_term_years,
    cap_ratio,
    valid_from_date,
    case when is_closed then valid_to_date end as valid_to_date,
    filed_date
from versions;
