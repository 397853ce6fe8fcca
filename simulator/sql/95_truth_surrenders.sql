-- Planted cases of rules CR31 and CR33, and what fires either of them in the ordinary course.

-- Rule CR31 judges the comprehensive surrender rate of a single quarter, as solvency reports define it: surrenders of long-term
-- policies over the reserve and deposits the quarter opened with and the scale premium it received. By company and channel more
-- than 5 % is yellow, more than 10 % red; by product more than three times the industry's median of 2.795 % is red. Less than half a
-- million yuan is not judged.
create table world.surrender_rate as
with quarters as (
    select quarter_start, quarter_end, lead(quarter_start) over (order by quarter_start) as next_start from world.accounting_quarter
),

amounts as (
    select reserve.company_code, reserve.product_code, reserve.channel_code, quarters.next_start as quarter_start, reserve.gross_amount as base_amount, 0.00 as surrender_amount
    from world.reserve
    inner join quarters on quarters.quarter_end = reserve.quarter_end
    where reserve.reserve_kind in ('long_term', 'policyholder_deposit') and quarters.next_start is not null
    union all
    select policy.company_code, policy.product_code, policy.channel_code, date_trunc('quarter', premium.accounting_date)::date, premium.premium_amount, 0
    from world.premium
    inner join world.policy on policy.policy_id = premium.policy_id
    where policy.is_long_term
    union all
    -- What is cancelled in the free-look period is taken back from the premium.
    select policy.company_code, policy.product_code, policy.channel_code, date_trunc('quarter', request.completed_date)::date,
        if(request.servicing_type = 'surrender', 0, -request.refund_amount), if(request.servicing_type = 'surrender', request.refund_amount, 0)
    from world.servicing_request as request
    inner join world.policy on policy.policy_id = request.policy_id
    where policy.is_long_term and request.servicing_type in ('surrender', 'free_look_cancellation') and not request.is_withdrawn and request.completed_date <= as_of()
),

cells as (
    select
        if(grouping(product_code) = 1, 'channel_quarter', 'product_quarter') as subject_kind,
        if(grouping(product_code) = 1, company_code || '/' || channel_code, product_code) || '/' || year(quarter_start) || '-Q' || quarter(quarter_start) as subject_code,
        company_code,
        quarter_start,
        sum(base_amount)::decimal(18, 2) as base_amount,
        sum(surrender_amount)::decimal(18, 2) as surrender_amount
    from amounts
    group by grouping sets ((company_code, channel_code, quarter_start), (company_code, product_code, quarter_start))
)

select
    *,
    case
        when base_amount < 500000 then null
        when subject_kind = 'product_quarter' then if(surrender_amount > 0.08385 * base_amount, 'red', null)
        when surrender_amount > 0.10 * base_amount then 'red'
        when surrender_amount > 0.05 * base_amount then 'yellow'
    end as severity
from cells;

-- Rule CR33 judges the 13-month premium persistency of a channel in a branch, head office by itself, over the cohorts of twelve
-- months, a month at a time as their days of grace end, fifteen months after cover began: below 82 % or 3 points less than the
-- month before is yellow, below 74 % red. Fewer than a hundred policies are not judged.
create table world.persistency_window as
with policies as (
    select
        policy.policy_id,
        policy.channel_code,
        policy.branch_code,
        policy.effective_date,
        date_trunc('month', policy.effective_date)::date as cohort_month,
        (policy.effective_date + interval 12 month)::date as second_due_date
    from world.policy
    where policy.is_long_term and policy.payment_frequency <> 'single' and policy.effective_date < months_ago(14)
        and policy.policy_id not in (
            select request.policy_id from world.servicing_request as request
            where request.servicing_type in ('free_look_cancellation', 'death_claim_termination') and not request.is_withdrawn
                and request.completed_date <= (policy.effective_date + interval 12 month)::date + 60
        )
),

instalments as (
    select
        policies.policy_id,
        sum(premium.premium_amount - premium.account_value_amount) filter (premium.due_date < policies.effective_date + interval 1 month) as first_amount,
        sum(premium.premium_amount - premium.account_value_amount) filter (
            premium.due_date >= policies.second_due_date and premium.due_date < policies.second_due_date + interval 1 month
            and premium.accounting_date <= policies.second_due_date + 60
        ) as second_amount
    from policies
    inner join world.premium on premium.policy_id = policies.policy_id
    group by policies.policy_id
),

cohorts as (
    select channel_code, branch_code, cohort_month, count(*) as policies, sum(first_amount) as first_amount, sum(coalesce(second_amount, 0)) as second_amount
    from policies
    inner join instalments on instalments.policy_id = policies.policy_id
    group by all
),

months as (
    select channel_code, branch_code, unnest(generate_series(min(cohort_month), months_ago(15), interval 1 month))::date as cohort_month
    from cohorts
    group by channel_code, branch_code
),

windows as (
    select
        months.*,
        coalesce(sum(policies) over twelve, 0) as policies,
        (sum(first_amount) over twelve)::decimal(18, 2) as first_amount,
        (sum(second_amount) over twelve)::decimal(18, 2) as second_amount
    from months
    left join cohorts using (channel_code, branch_code, cohort_month)
    window twelve as (partition by months.channel_code, months.branch_code order by months.cohort_month rows between 11 preceding and current row)
),

judged as (
    select *, round(second_amount / first_amount, 6) as rate, lag(round(second_amount / first_amount, 6)) over (partition by channel_code, branch_code order by cohort_month) as rate_before,
        lag(policies) over (partition by channel_code, branch_code order by cohort_month) as policies_before
    from windows
)

select
    channel_code || '/' || branch_code || '/' || strftime(cohort_month + interval 15 month, '%Y-%m') as subject_code,
    channel_code,
    branch_code,
    cohort_month,
    (cohort_month + interval 15 month)::date as business_date,
    policies,
    rate,
    case
        when policies < 100 then null
        when second_amount < 0.74 * first_amount then 'red'
        when second_amount < 0.82 * first_amount or (policies_before >= 100 and round(rate_before - rate, 6) >= 0.03) then 'yellow'
    end as severity
from judged;

create table world.rate_case as
with notes as (
    from (
        values
        ('CR31', 31001, 'LIFE/ONLINE_PLATFORM/', 5, 'silent', null, 'boundary: exactly 5 % of a channel'), ('CR31', 31002, 'LIFE/ONLINE_PLATFORM/', 4, 'fire', 'yellow', '6 % of a channel'),
        ('CR31', 31003, 'LIFE/ONLINE_PLATFORM/', 3, 'fire', 'red', '13 % of a channel'), ('CR31', 31004, 'LIFE/ONLINE_PLATFORM/', 2, 'silent', null, 'near miss: 4.9 % of a channel'),
        ('CR31', 31005, 'LIFE/ONLINE_PLATFORM/', 6, 'silent', null, 'near miss: nearly all of a channel that is too small to judge'),
        ('CR31', 31011, 'LIFE_FLEX/', 5, 'silent', null, 'boundary: exactly three times the industry''s median of a product'), ('CR31', 31012, 'LIFE_FLEX/', 4, 'fire', 'red', '9 % of a product'),
        ('CR31', 31013, 'LIFE_FLEX/', 3, 'silent', null, 'near miss: 8 % of a product'),
        ('CR33', 33001, 'DIRECT/LIFE/', 2, 'silent', null, 'boundary: exactly 82 %'), ('CR33', 33002, 'DIRECT/LIFE/', 1, 'fire', 'yellow', '79.6 %, 2.4 points less than the month before'),
        ('CR33', 33003, 'DIRECT/LIFE/', 0, 'fire', 'red', '73.9 %'), ('CR33', 33004, 'ONLINE/LIFE/', 2, 'silent', null, 'near miss: a fifth of the policies was paid on the last day of grace'),
        ('CR33', 33005, 'ONLINE/LIFE/', 1, 'fire', 'yellow', 'boundary: 96 %, exactly 3 points less than the month before'),
        ('CR33', 33006, 'ONLINE/LIFE/', 0, 'silent', null, 'near miss: 93.1 %, 2.9 points less than the month before'),
        ('CR33', 33007, 'AGENCY/LIFE/', 2, 'silent', null, 'boundary: 61 % of 99 policies, too few'), ('CR33', 33008, 'AGENCY/LIFE/', 1, 'fire', 'red', 'boundary: 61 % of a hundred policies'),
        ('CR33', 33009, 'AGENCY/LIFE/', 0, 'fire', 'yellow', 'boundary: exactly 74 %')
    ) as cases(rule_code, case_number, subject_stem, periods_ago, case_kind, severity, explanation)
)

select
    notes.*,
    notes.subject_stem || if(
        notes.rule_code = 'CR31', year(quarters_ago(notes.periods_ago)) || '-Q' || quarter(quarters_ago(notes.periods_ago)), strftime(months_ago(notes.periods_ago), '%Y-%m')
    ) as subject_code,
    string_agg(policy.policy_number, ' ' order by policy.policy_number) as record_codes
from notes
inner join world.planted_policy on planted_policy.case_number = notes.case_number
inner join world.policy on policy.planted_number = planted_policy.planted_number
group by all;

insert into truth.planted_cases by name
select
    rule_code, case_number, case_kind, severity,
    case when rule_code = 'CR33' then 'channel_organisation_month' when subject_stem = 'LIFE_FLEX/' then 'product_quarter' else 'channel_quarter' end as subject_kind,
    subject_code, 'LIFE' as organisation_code, if(rule_code = 'CR31', quarters_ago(periods_ago), months_ago(periods_ago)) as business_date, explanation, record_codes
from world.rate_case
union all
select 'CR31', 31900, 'fire', severity, subject_kind, subject_code, company_code, quarter_start,
    round(100 * surrender_amount / base_amount, 1) || ' % surrendered in the ordinary course', null
from world.surrender_rate
where severity is not null and subject_code not in (select subject_code from world.rate_case)
union all
select 'CR33', 33900, 'fire', severity, 'channel_organisation_month', subject_code, branch_code, business_date, round(100 * rate, 1) || ' % in the ordinary course', null
from world.persistency_window
where severity is not null and subject_code not in (select subject_code from world.rate_case);
