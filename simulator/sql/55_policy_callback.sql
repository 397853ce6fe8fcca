-- Call-backs of long-term life policies within the free-look period, with the cases of rules CR25 and CR34.
create table world.callback_policy as
with sales as (
    select
        policy.policy_id, policy.policy_number, policy.issue_date, policy.free_look_end_date, policy.organisation_code, policy.intermediary_code, policy.channel_code,
        policy_fate.free_look_date,
        planted_contact_change.case_number as change_case,
        planted_contact_change.is_answered_by_holder as planted_holder,
        date_trunc('month', policy.issue_date)::date as issue_month,
        policy.issue_date + 1 + floor(5.5 * uniform('first_callback', policy.policy_id) ** 1.3)::integer as first_date
    from world.policy
    inner join world.policy_fate on policy_fate.policy_id = policy.policy_id
    left join world.planted_contact_change on planted_contact_change.policy_id = policy.policy_id
    where policy.company_code = 'LIFE' and policy.is_long_term
),

-- Who cancels before the first call is not called.
called as (
    select *, count(*) over (partition by organisation_code, issue_month) as cohort
    from sales
    where first_date <= as_of() and (free_look_date is null or first_date < free_look_date)
),

-- Months of branches of the year before the as-of year, the larger the earlier, carry the cases.
months as (
    select organisation_code, issue_month, 3400 + row_number() over (order by count(*) desc, organisation_code, issue_month) as case_number
    from called
    where year(issue_month) = year(as_of()) - 1 and free_look_date is null and change_case is null
    group by organisation_code, issue_month
    qualify case_number <= 3404
),

ranked as (
    select
        called.*,
        months.case_number as month_case,
        row_number() over (
            partition by called.organisation_code, called.issue_month order by free_look_date is not null or change_case is not null, uniform('hard_to_reach', policy_id)
        ) as hard_rank
    from called
    left join months on months.organisation_code = called.organisation_code and months.issue_month = called.issue_month
),

-- Elsewhere a branch fails with at most four in a hundred of a month, and only where a month has 25 policies or more, since one
-- failure among fewer would already be a month below 95 %.
fated as (
    select
        *,
        case
            when month_case = 3401 and hard_rank <= floor(0.05 * cohort) + 2 then 'never'
            when month_case = 3402 and hard_rank <= floor(0.05 * cohort) + 1 then 'day_after'
            when month_case = 3403 and hard_rank <= floor(0.05 * cohort) + 1 then 'last_day'
            when month_case = 3404 and hard_rank <= floor(0.05 * cohort) then 'never'
            when month_case is null and cohort >= 25 and last_day(issue_month) + 16 <= as_of() and hard_rank <= floor(0.04 * cohort * uniform('branch_month', date_diff('day', date '2000-01-01', issue_month) * 100 + cohort))
                then case when uniform('ever_reached', policy_id) < 0.6 then 'late' else 'never' end
            else 'in_time'
        end as fate
    from ranked
),

-- One in fifty finds a buyer who misunderstood something; it is settled within three days and the call made again.
problems as (
    select
        *,
        case
            when fate = 'in_time' and month_case is null and change_case is null and free_look_date is null and issue_date < as_of() - 30
                and uniform('problem', policy_id) < 0.02 then whole('problem_days', policy_id, 0, 3)
        end as problem_days
    from fated
)

-- Cases of the three days a problem may take: open for four and for three days, handled on the third and on the fourth day.
select
    problems.* exclude (problem_days, first_date),
    problem_cases.case_number as problem_case,
    coalesce(problem_cases.handled_after, problems.problem_days) as problem_days,
    problem_cases.case_number is not null or problems.problem_days is not null as has_problem,
    coalesce(problem_cases.problem_date, problems.first_date) as first_date,
    case
        when fate = 'in_time' and change_case is null and free_look_date is null and problem_cases.case_number is null and problem_days is null
            then 1 + (uniform('attempts', problems.policy_id) < 0.22)::integer + (uniform('attempts', problems.policy_id) < 0.06)::integer
        when fate in ('never', 'day_after', 'last_day', 'late') then 4
        else 1
    end as attempts
from problems
left join (
    select numbers.*, candidates.policy_id, case when handled_after is null then as_of() - open_days else candidates.issue_date + 3 end::date as problem_date
    from (values (3405, 4, null, 1), (3406, 3, null, 2), (3407, null, 3, 3), (3408, null, 4, 4)) as numbers(case_number, open_days, handled_after, place)
    inner join (
        select policy_id, issue_date, row_number() over (order by issue_date desc, policy_id) as place
        from problems
        where month_case is null and change_case is null and free_look_date is null and issue_date between as_of() - 14 and as_of() - 5
        qualify place <= 2
        union all
        select policy_id, issue_date, 2 + row_number() over (order by issue_date desc, policy_id) as place
        from problems
        where month_case is null and change_case is null and free_look_date is null and fate = 'in_time' and issue_date between as_of() - 120 and as_of() - 46
        qualify place <= 4
    ) as candidates on candidates.place = numbers.place
) as problem_cases on problem_cases.policy_id = problems.policy_id;

create table world.policy_callback as
with attempts as (
    select *, unnest(range(1, attempts + 1 + (has_problem and problem_days is not null)::integer)) as attempt_sequence from world.callback_policy
),

dated as (
    select
        *,
        first_date + (case
            when fate = 'day_after' and attempt_sequence = 4 then free_look_end_date + 1 - first_date
            when fate = 'last_day' and attempt_sequence = 4 then free_look_end_date - first_date
            when fate = 'late' and attempt_sequence = 4 then free_look_end_date - first_date + whole('called_late', policy_id, 1, 9)
            when has_problem and attempt_sequence = 2 then problem_days + 1
            else 2 * (attempt_sequence - 1) end)::integer as attempted_date,
        case
            when has_problem and attempt_sequence = 1 then 'problem'
            when attempt_sequence = attempts + (has_problem and problem_days is not null)::integer and fate <> 'never' then 'succeeded'
            else chosen('callback_fails', policy_id * 10 + attempt_sequence, ['no_answer', 'no_answer', 'no_answer', 'busy', 'wrong_number', 'refused'])
        end as call_result,
        policy_id * 10 + attempt_sequence as attempt_id
    from attempts
),

spoken as (
    select
        *,
        call_result in ('succeeded', 'problem') as is_spoken,
        intermediary_code is not null and call_result = 'succeeded' and uniform('asked_intermediary', attempt_id) < 0.96 as is_asked
    from dated
    where attempted_date <= as_of() and (free_look_date is null or attempted_date <= free_look_date)
),

-- Cases of rule CR25: the four intermediaries with most call-backs answered in the year before the as-of year.
asked as (
    select
        *,
        count(*) over of_year as answers,
        row_number() over (partition by intermediary_code, is_asked, year(attempted_date) order by uniform('denies', attempt_id)) as answer_rank
    from spoken
    window of_year as (partition by intermediary_code, is_asked, year(attempted_date))
),

cases as (
    select intermediary_code, 2500 + row_number() over (order by count(*) desc, intermediary_code) as case_number
    from asked
    where is_asked and year(attempted_date) = year(as_of()) - 1
    group by intermediary_code
    qualify case_number <= 2504
),

-- The question's answer; case 2502 is asked of a multiple of twenty, so that its denials are exactly one in twenty.
answered as (
    select
        asked.*,
        cases.case_number as denial_case,
        case
            when not asked.is_asked or (cases.case_number = 2502 and answer_rank > 20 * (answers // 20)) then null
            when cases.case_number = 2501 and answer_rank <= ceil(0.085 * answers) then 'no'
            when cases.case_number = 2502 and answer_rank <= answers // 20 then 'no'
            when cases.case_number = 2503 and answer_rank <= floor(0.05 * answers) + 1 then 'no'
            when cases.case_number = 2504 and answer_rank <= floor(0.03 * answers) then 'no'
            when cases.case_number = 2504 and answer_rank <= floor(0.03 * answers) + ceil(0.10 * answers) then 'not_sure'
            when cases.case_number is null and answer_rank <= floor(0.025 * answers) then 'no'
            when uniform('not_sure', attempt_id) < 0.02 then 'not_sure'
            else 'yes'
        end as intermediary_answer
    from asked
    left join cases on cases.intermediary_code = asked.intermediary_code and year(asked.attempted_date) = year(as_of()) - 1
)

select
    'VB' || strftime(attempted_date, '%Y%m%d') || lpad(((attempt_id * 7919 + 19) % 10000000000)::varchar, 10, '0') as attempt_number,
    attempt_id,
    policy_id,
    policy_number,
    issue_date,
    free_look_end_date,
    organisation_code,
    intermediary_code,
    month_case,
    problem_case,
    denial_case,
    attempt_sequence,
    attempted_date,
    day_start(attempted_date) + to_seconds((32400 + floor(36000 * uniform('callback_time', attempt_id)))::bigint) as attempted_at,
    case when uniform('callback_channel', policy_id) < clamped(0.12 * (year(attempted_date) - 2018), 0, 0.6) and channel_code in ('ONLINE', 'ONLINE_PLATFORM', 'BROKER')
        then 'online' else 'phone' end as callback_channel,
    call_result,
    -- The buyer himself takes 99 calls in 100.
    case when is_spoken then coalesce(planted_holder, uniform('other_voice', attempt_id) >= 0.01) end as is_answered_by_holder,
    intermediary_answer,
    case when is_spoken then call_result = 'succeeded' or uniform('understood', attempt_id) < 0.4 end as is_terms_understood,
    case when call_result = 'problem' then chosen('problem_kind', attempt_id, ['terms_not_understood', 'yield_promised', 'not_signed_in_person', 'number_wrong']) end as problem_code,
    case when call_result = 'succeeded' then attempted_date end as succeeded_date,
    case when call_result = 'problem' then attempted_date + problem_days::integer end as problem_handled_date,
    case when is_spoken then clamped(lognormal('callback_talk', attempt_id, 150, 0.4), 30, 1200)::integer end as talk_seconds
from answered;

create table delivery.contact_centre__policy_callback as
with changes as (
    select attempt_id, unnest([attempted_date, problem_handled_date]) as happened from world.policy_callback
),

versions as (
    select distinct attempt_id, delivered_monthly(happened) as dt from changes where happened <= as_of()
)

select
    versions.dt, attempt_number, policy_number, attempt_sequence::integer as attempt_sequence, attempted_at, attempted_date, callback_channel, call_result,
    is_answered_by_holder, intermediary_answer, is_terms_understood, problem_code, succeeded_date,
    case when problem_handled_date <= versions.dt then problem_handled_date end as problem_handled_date, talk_seconds
from versions
inner join world.policy_callback on policy_callback.attempt_id = versions.attempt_id;
