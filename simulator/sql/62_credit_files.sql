-- What lending knows and decides: applications with score and segment, outside bureau reports, credit limits and their changes.
create table world.credit_application as
with scored as (
    -- 43 points of the score halve the odds of default; the model sees the visible attributes through some noise.
    select *, clamped(round(620 - 62 * (visible_logit + 4) + 14 * normal('score_noise', borrower_id)), 300, 850)::integer as score from world.borrower
),

first_ones as (
    select
        scored.*,
        loan.loan_number as asked_loan_number,
        loan.customer_id,
        loan.channel_code,
        loan.decision,
        loan.decided_date,
        loan.credit_limit_amount,
        0 as round,
        'consumer_loan' as application_kind
    from scored
    inner join world.loan on loan.borrower_id = scored.borrower_id
),

-- Three in ten who were rejected ask again a month or more later, and are rejected again or give up.
second_ones as (
    select
        * replace (
            observation_date + whole('asks_again', borrower_id, 30, 130)::integer as observation_date,
            null as asked_loan_number,
            case when uniform('gives_up', borrower_id) < 0.12 then 'cancelled' else 'rejected' end as decision,
            observation_date + whole('asks_again', borrower_id, 30, 130)::integer as decided_date,
            1 as round
        )
    from first_ones
    where decision = 'rejected' and uniform('again', borrower_id) < 0.3
),

-- Paying on credit: a small limit for account customers, decided at once by score.
credit_payments as (
    select
        scored.*,
        null,
        customer_record.customer_id,
        chosen('loan_channel', borrower_id, ['ONLINE', 'ONLINE', 'ONLINE_PLATFORM']),
        case when score >= 575 then 'approved' else 'rejected' end,
        observation_date,
        case when score >= 575 then 500 * round(clamped(income / 2000, 2, 20)) end::decimal(18, 2),
        2,
        'credit_payment'
    from (
        select scored.*, 1 + floor((select records from world.customer_count where company_code = 'PAY') * uniform('loan_customer', borrower_id))::bigint as customer_rank
        from scored
        cross join world.credit_launch
        where borrower_id >= applications and borrower_id < applications + sized(1500) and observation_date >= launch_day + 90
    ) as scored
    inner join world.customer_record on customer_record.company_code = 'PAY' and customer_record.rank_in_company = scored.customer_rank
),

everything as (
    select * from first_ones
    union all
    select * from second_ones
    union all
    select * exclude (customer_rank) from credit_payments
),

policy_starts as (
    select person_id, min(issue_date) as first_issue_date from world.policy group by person_id
)

select
    'AP' || lpad(everything.borrower_id::varchar, 7, '0') || round as application_number,
    everything.borrower_id * 10 + round as application_id,
    everything.*,
    customer_record.person_id,
    -- Who has bought insurance before, who uses the account, and who is new.
    case when policy_starts.first_issue_date < everything.observation_date then 'policyholder' when uniform('uses_account', everything.borrower_id) < 0.65 then 'account_customer' else 'newcomer' end
        as segment_code
from everything
inner join world.customer_record on customer_record.customer_id = everything.customer_id
left join policy_starts on policy_starts.person_id = customer_record.person_id
where everything.observation_date <= as_of();

create table delivery.lending__credit_application as
with changes as (
    select application_id, unnest([observation_date, decided_date]) as happened from world.credit_application
),

versions as (
    select distinct application_id, delivered_monthly(happened) as dt from changes where happened <= as_of()
)

select
    versions.dt,
    application_number,
    customer_id,
    case when decided_date <= versions.dt and decision = 'approved' then asked_loan_number end as loan_number,
    application_kind,
    channel_code,
    segment_code,
    day_start(observation_date) + to_seconds((25000 + floor(58000 * uniform('applies_at', versions.application_id)))::bigint) as applied_at,
    observation_date as application_date,
    (case application_kind when 'credit_payment' then 500 * round(clamped(income / 1500, 2, 30)) else 1000 * round(clamped(income * (1.5 + 2.5 * uniform('asks_for', versions.application_id)) / 1000, 3, 300)) end)::decimal(18, 2)
        as requested_amount,
    score as application_score,
    case when decided_date <= versions.dt then decision else 'pending' end as decision,
    case when decided_date <= versions.dt and decision = 'rejected' then case when past_90 > 0 then 'past_due_history' when utilisation > 0.9 then 'over_indebted' when score < 575 then 'low_score' else 'policy_rule' end end
        as decline_reason_code,
    case when decided_date <= versions.dt then decided_date end as decided_date,
    case when decided_date <= versions.dt and decision = 'approved' then credit_limit_amount end::decimal(18, 2) as approved_limit_amount
from versions
inner join world.credit_application on credit_application.application_id = versions.application_id;

-- The bureau's own score sees what the group sees and part of what it does not.
create table delivery.lending__bureau_report as
select
    delivered_quarterly(observation_date) as dt,
    'BR' || application_number[3:] as report_number,
    application_number,
    case when uniform('bureau', application_id) < 0.7 then 'BUREAU_A' else 'BUREAU_B' end as bureau_code,
    observation_date as queried_date,
    clamped(round(600 - 55 * (visible_logit + 4) - 25 * normal('hidden', borrower_id) + 20 * normal('bureau_noise', application_id)), 300, 850)::integer as bureau_score,
    (open_lines + (uniform('other_lines', application_id) < 0.2)::integer)::integer as open_loan_count,
    round(income * (3 + 14 * uniform('balance', borrower_id)) * (0.3 + utilisation), 2)::decimal(18, 2) as total_balance_amount,
    round(clamped(utilisation + 0.05 * normal('utilisation_noise', application_id), 0, 2), 6) as utilisation_ratio,
    (event_count(uniform('inquiries', application_id), 0.9 + 1.2 * clamped(visible_logit + 5, 0, 3)) + case round when 1 then 1 else 0 end)::integer as six_month_inquiry_count,
    (case when past_90 > 0 then 90 + whole('worst_days', borrower_id, 0, 90) when past_60 > 0 then whole('worst_days', borrower_id, 60, 89) when past_30 > 0 then whole('worst_days', borrower_id, 30, 59)
        else 0 end)::integer as worst_past_due_days,
    past_90 >= 2 and discipline > 0.4 as is_listed_defaulter
from world.credit_application;

-- Limits: granted with an approval, raised within days of buying long-term cover (seven in ten buyers), after a year of paying on
-- time, and frozen 60 days past due.
create table world.credit_limit as
with granted as (
    select
        application_id * 10 as change_id, customer_id, person_id, decided_date as changed_date, credit_limit_amount as delta,
        case when row_number() over (partition by customer_id order by decided_date, application_id) = 1 then 'initial' else 'further_approval' end as change_kind,
        null as policy_number,
        min(decided_date) over (partition by customer_id) as first_date,
        sum(credit_limit_amount) over (partition by customer_id) as granted_amount
    from world.credit_application
    where decision = 'approved' and decided_date <= as_of()
),

holders as (
    select customer_id, any_value(person_id) as person_id, min(first_date) as first_date, any_value(granted_amount) as granted_amount, min(change_id) as change_id from granted group by customer_id
),

uplifts as (
    select holders.*, policy.policy_number, policy.issue_date + whole('uplift_days', policy.policy_id, 1, 5)::integer as changed_date,
        500 * ceil(holders.granted_amount * clamped(0.15 + policy.premium_amount / 100000, 0.15, 0.5) / 500) as delta
    from holders
    inner join world.policy on policy.person_id = holders.person_id and policy.is_long_term and policy.issue_date > holders.first_date
    left join world.policy_fate on policy_fate.policy_id = policy.policy_id
    where policy_fate.free_look_date is null and uniform('uplifted', policy.person_id) < 0.7
    qualify row_number() over (partition by holders.customer_id order by policy.issue_date, policy.policy_id) = 1
),

frozen as (
    select loan.customer_id, min(instalment.due_date + 60) as frozen_date
    from world.instalment
    inner join world.loan on loan.loan_number = instalment.loan_number
    where instalment.instalment_number = instalment.stops_at
    group by loan.customer_id
),

changes as (
    select change_id, customer_id, changed_date, change_kind, delta, policy_number from granted
    union all
    select change_id + 1, customer_id, changed_date, 'policy_uplift', delta, policy_number from uplifts
    union all
    select change_id + 2, customer_id, first_date + whole('reviewed', change_id, 330, 420)::integer, 'review_increase', 500 * ceil(granted_amount * 0.2 / 500), null
    from holders
    where uniform('raised', change_id) < 0.22
),

standing as (
    select changes.*, frozen.frozen_date
    from changes
    left join frozen on frozen.customer_id = changes.customer_id
    where changed_date <= as_of() and changed_date < coalesce(frozen.frozen_date, date '9999-12-31')
),

summed as (
    select change_id, customer_id, changed_date, change_kind, policy_number, sum(delta) over (partition by customer_id order by changed_date, change_id) as limit_amount from standing
    union all
    select max(change_id) + 3, customer_id, frozen_date, 'frozen', null, 0 from standing where frozen_date <= as_of() group by customer_id, frozen_date
)

select *, coalesce(lag(limit_amount) over (partition by customer_id order by changed_date, change_id), 0) as previous_amount from summed;

create table delivery.lending__credit_limit as
select
    delivered_monthly(changed_date) as dt,
    'LC' || strftime(changed_date, '%Y%m') || lpad(change_id::varchar, 10, '0') as change_number,
    customer_id,
    changed_date,
    change_kind,
    previous_amount::decimal(18, 2) as previous_limit_amount,
    limit_amount::decimal(18, 2) as credit_limit_amount,
    policy_number as long_term_policy_number
from world.credit_limit;
