-- What the ordinary course of business brings: cases that fire a rule without having been planted for it.
create table world.self_policy as
select policy_id, policy_number, case when planted_policy.case_number in (16001, 16005) then 'mutual' else 'self' end as flag
from world.planted_policy
inner join world.policy on policy.planted_number = planted_policy.planted_number
where planted_policy.case_number in (15001, 15002, 15004, 15005, 16001, 16005, 18001, 18002, 30001, 30002, 30004)
    or (planted_policy.case_number in (17001, 17002) and policy.person_id = 90000000 + planted_policy.case_number)
union all
-- The salesperson of case 441 of rule CR19 bought from a colleague, or from nobody else.
select policy.policy_id, policy.policy_number, if(policy.employee_code = employee.employee_code, 'self', 'mutual')
from world.borrowed_mobile
inner join world.employee on employee.employee_id = borrowed_mobile.same_person_employee_id
inner join world.policy on policy.person_id = borrowed_mobile.person_id and policy.employee_code is not null
where borrowed_mobile.person_id = 90000441
    and (policy.employee_code = employee.employee_code or left(policy.organisation_code, 7) = left(employee.organisation_code, 7));

insert into truth.planted_cases by name
with self_premium as (
    select policy.*, self_policy.flag, policy.premium_amount * (self_policy.flag is not null)::integer as self_amount
    from world.policy
    left join world.self_policy on self_policy.policy_id = policy.policy_id
),

self_months as (
    select organisation_code, date_trunc('month', issue_date)::date as month_start, sum(self_amount) / sum(premium_amount) as share from self_premium group by all
),

self_persons as (
    select employee_code, sum(self_amount) / sum(premium_amount) as share
    from self_premium
    where employee_code is not null and issue_date >= date_trunc('month', as_of()) - interval 2 month
    group by all
),

recording_months as (
    select policy.organisation_code, strftime(recording.recorded_date, '%Y-%m') as month_code, max(recording.recorded_date) as last_date, count(*) as recordings,
        count(*) filter (final_result = 'failed') as failed
    from world.recording
    inner join world.policy on policy.policy_id = recording.policy_id
    where recording.checked_date <= as_of()
    group by all
),

free_look_quarters as (
    select channel_code, year(issue_date) || '-Q' || quarter(issue_date) as quarter_code, max(issue_date) as last_date, count(*) as policies,
        count(policy_fate.free_look_date) as cancelled
    from world.policy
    inner join world.policy_fate on policy_fate.policy_id = policy.policy_id
    where policy.is_long_term
    group by all
),

commission_of_policy as (
    select policy_id, sum(commission_amount) as commission_amount, sum(premium_amount) as premium_amount from world.commission where policy_year = 1 group by all
),

agency_quarters as (
    select
        policy.company_code, policy.organisation_code, year(issue_date) || '-Q' || quarter(issue_date) as quarter_code, intermediary_code,
        count(*) as policies, sum(policy.premium_amount) as premium_amount, max(issue_date) as last_date,
        sum(paid.commission_amount) as commission_amount, sum(paid.premium_amount) as commissioned_amount
    from world.policy
    left join commission_of_policy as paid on paid.policy_id = policy.policy_id
    group by all
),

agency_shares as (
    select
        *,
        premium_amount / sum(premium_amount) over (partition by organisation_code, quarter_code) as share,
        sum(policies) over (partition by organisation_code, quarter_code) as quarter_policies,
        commission_amount / commissioned_amount as commission_ratio,
        sum(commission_amount) over (partition by company_code, quarter_code) / sum(commissioned_amount) over (partition by company_code, quarter_code) as mean_ratio
    from agency_quarters
),

large_days as (
    select customer_id, organisation_code, transferred_date, bool_or(is_cross_border) as is_cross_border, is_legal, sum(amount) as amount,
        sum(amount) filter (is_cross_border) as cross_border_amount
    from world.fund_transfer
    where case_number is null
    group by customer_id, organisation_code, transferred_date, is_legal, direction
),

quick_surrenders as (
    select policy.customer_id, policy.organisation_code, policy.policy_number, request.completed_date
    from world.servicing_request as request
    inner join world.policy on policy.policy_id = request.policy_id
    where request.servicing_type = 'surrender' and request.completed_date <= as_of() and not request.is_withdrawn and not policy.is_planted
        and request.completed_date - policy.issue_date <= 90 and policy.premium_amount >= 200000
)

select 'CR17' as rule_code, 17900 as case_number, 'fire' as case_kind, if(share > 0.10, 'red', 'yellow') as severity, 'organisation_month' as subject_kind,
    organisation_code || '/' || strftime(month_start, '%Y-%m') as subject_code, organisation_code, month_start as business_date,
    'self and mutual policies of the other cases weigh more than 5 % in a month' as explanation, null as record_codes
from self_months where share > 0.05
union all
select 'CR17', 17901, 'fire', 'red', 'salesperson', employee_code, null, as_of(), 'more than 30 % of the last three months, by policies of the other cases', null
from self_persons where share > 0.30 and employee_code not in ('E90012', 'E90013')
union all
select if(flag = 'self', 'CR15', 'CR16'), if(flag = 'self', 15900, 16900), 'fire', 'yellow', 'policy', self_policy.policy_number, policy.organisation_code, policy.issue_date,
    'self or mutual policy of another case', self_policy.policy_number
from world.self_policy
inner join world.policy on policy.policy_id = self_policy.policy_id
left join world.planted_policy on planted_policy.planted_number = policy.planted_number
where planted_policy.case_number not between 15001 and 16999
union all
select 'CR08', 8900, 'fire', if(failed > 0.10 * recordings, 'red', 'yellow'), 'organisation_month', organisation_code || '/' || month_code, organisation_code, last_date,
    failed || ' of ' || recordings || ' recordings failed in the ordinary course', null
from recording_months
where recordings >= 20 and failed > 0.05 * recordings and organisation_code <> 'LIFE'
union all
select 'CR20', 20900, 'fire', 'red', 'policy', information_check.policy_number, null, issue_date, 'fails the check in the ordinary course', information_check.policy_number
from world.information_check
where failed and case_number is null and coalesce(corrected_date > as_of(), true)
union all
select 'CR24', 24900, 'fire', 'red', 'organisation_quarter', organisation_code || '/' || intermediary_code || '/' || quarter_code, organisation_code, last_date,
    'one intermediary outweighs a small branch in the ordinary course', null
from agency_shares
where intermediary_code is not null and intermediary_code <> 'AGENCY60' and quarter_policies >= 10 and share > 0.60 and commission_ratio - mean_ratio > 0.02
union all
select 'CR32', 32900, if(cancelled > 0.04 * policies, 'fire', 'silent'), case when cancelled > 0.044 * policies then 'red' when cancelled > 0.04 * policies then 'yellow' end,
    'channel_quarter', channel_code || '/' || quarter_code, null, last_date, cancelled || ' of ' || policies || ' policies cancelled in the free-look period', null
from free_look_quarters
where policies >= 20 and cancelled > 0.03 * policies
union all
select 'CR36', 36900, 'fire', 'yellow', 'customer', customer_id || '/' || transferred_date::varchar, organisation_code, transferred_date, 'large transfer in the ordinary course', customer_id
from large_days
where amount >= if(is_legal, 2000000, 500000) or (cross_border_amount >= 200000 and not is_legal)
union all
select 'CR38', 38900, 'fire', 'red', 'customer', customer_id, organisation_code, completed_date, 'large policy surrendered within 90 days in the ordinary course', policy_number
from quick_surrenders
union all
select 'CR40', 40900, 'fire', 'red', 'due_diligence', 'KY' || business_number, organisation_code, occurred_date, 'not identified or documents missing in the ordinary course', policy_number
from world.identification
where case_number is null and is_required and (outcome in ('none', 'incomplete') or identified_date > as_of())
union all
select 'CR41', 41900, 'fire', if(dwell > 10, 'red', 'yellow'), 'contract', contract_number, organisation_code, submitted_date, 'slow approval in the ordinary course', contract_number
from (
    select *, if(approved_date <= as_of(), approval_days, working_days(submitted_date, as_of())) as dwell from world.contract where case_kind is null
)
where dwell > 5;
