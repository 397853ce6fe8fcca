-- Complaints planted for rules CR26 (many about one intermediary or salesperson), CR27 (time limits) and CR28 (one hand behind many).
-- Days count from the first complaint of a case. Cases that must stay silent lie with the sellers of most policies.
create table world.complaint_case as
with cases(case_number, rule_code, seller_kind, from_top, from_bottom, days, case_kind, severity, explanation) as (
    values
    (2601, 'CR26', 'intermediary', null, 2, [0, 12, 20], 'fire', 'red', 'three complaints about one intermediary in 21 days'),
    (2602, 'CR26', 'intermediary', null, 3, [0, 15, 29], 'fire', 'red', 'boundary: three complaints about one intermediary in exactly 30 days'),
    (2603, 'CR26', 'intermediary', 1, null, [0, 15, 30], 'silent', null, 'boundary: three complaints about one intermediary in 31 days'),
    (2604, 'CR26', 'intermediary', 2, null, [0, 9], 'silent', null, 'near miss: two complaints about one intermediary in ten days'),
    (2605, 'CR26', 'employee', 1, null, [0, 3, 25], 'fire', 'red', 'three complaints about one salesperson in 26 days'),
    (2606, 'CR26', 'employee', 2, null, [0, 10, 30], 'silent', null, 'boundary: three complaints about one salesperson in 31 days'),
    (2607, 'CR26', 'employee', 3, null, [0, 2], 'silent', null, 'near miss: two complaints about one salesperson in three days'),
    (2608, 'CR26', 'intermediary', null, 1, null, 'fire', 'red', 'never three in 30 days, but in a year more than three times the group''s complaints per ten thousand policies'),
    (2801, 'CR28', null, null, null, [0, 2, 3, 8, 11], 'fire', 'red', 'five texts alike by 0.93 or more in 12 days'),
    (2802, 'CR28', null, null, null, [0, 6, 14, 22, 29], 'fire', 'red', 'boundary: five texts in exactly 30 days, the least alike by exactly 0.90'),
    (2803, 'CR28', null, null, null, [0, 4, 9, 13, 20], 'silent', null, 'near miss: five texts, the least alike by 0.8999'),
    (2804, 'CR28', null, null, null, [0, 1, 2, 5], 'silent', null, 'boundary: four texts alike'),
    (2805, 'CR28', null, null, null, [0, 7, 14, 21, 30], 'silent', null, 'boundary: five texts alike in 31 days'),
    (2806, 'CR28', null, null, null, [0, 1, 6, 9, 19], 'fire', 'red', 'one contact number in five complaints of five people'),
    (2807, 'CR28', null, null, null, [0, 5, 10, 15, 20], 'fire', 'red', 'one mailing address in five complaints'),
    (2808, 'CR28', null, null, null, [0, 0, 1, 1, 2], 'fire', 'red', 'five complaints from one network address in three days'),
    (2809, 'CR28', null, null, null, [0, 1, 4, 7, 9], 'silent', null, 'near miss: three complaints with one number, two others from one network address')
),

volume as (
    select count(*) + 90 as complaints, (select count(*) from world.policy) as policies
    from world.ordinary_complaint
    where received_date > as_of() - 365
)

select
    cases.* exclude (from_top, from_bottom, days),
    complaint_subject.seller_code,
    -- Case 2608: the least number of complaints that makes more than three times the group's share of its policies.
    coalesce(days, list_transform(
        range(1 + floor(3.0 * complaint_subject.policies * volume.complaints / (volume.policies - 3 * complaint_subject.policies))::bigint),
        lambda place: place * least(60, 330 // (1 + floor(3.0 * complaint_subject.policies * volume.complaints / (volume.policies - 3 * complaint_subject.policies))::bigint))
    )) as days,
    (as_of() - case when days is null then 350 when cases.rule_code = 'CR26' then 190 - 12 * (cases.case_number % 100) else 95 - 3 * (cases.case_number % 100) end::integer)::date as first_date
from cases
cross join volume
left join world.complaint_subject
    on complaint_subject.seller_kind = cases.seller_kind and (complaint_subject.from_top = cases.from_top or complaint_subject.from_bottom = cases.from_bottom);

create table world.complaint as
with members as (
    select *, unnest(days) as day, unnest(range(len(days))) as member from world.complaint_case
),

placed as (
    select *, case when seller_code is null then row_number() over (partition by rule_code order by case_number, member) else 1 + member end as policy_rank from members
),

-- Copied complaints come from buyers in the company's own online shop, where nobody sold and nobody is named.
policies as (
    select policy_id, coalesce(intermediary_code, employee_code, 'NOBODY') as seller_code,
        row_number() over (partition by coalesce(intermediary_code, employee_code, 'NOBODY') order by uniform('complains', policy_id)) as policy_rank
    from world.policy
    where issue_date < as_of() - 200 and not is_planted and (
        (channel_code = 'ONLINE' and not is_micro and intermediary_code is null and employee_code is null)
        or intermediary_code in (select seller_code from world.complaint_subject)
        or (employee_code in (select seller_code from world.complaint_subject) and channel_code = 'AGENCY')
    )
),

planted as (
    select
        8000000 + placed.case_number * 100 + placed.member as complaint_id,
        placed.case_number,
        policy.person_id,
        policy.customer_id,
        policy.policy_number,
        policy.organisation_code,
        policy.channel_code,
        policy.intermediary_code,
        'direct' as complaint_source,
        'simple' as complexity,
        'misleading_sale' as reason_code,
        (placed.first_date + placed.day::integer)::date as received_date
    from placed
    inner join policies on policies.seller_code = coalesce(placed.seller_code, 'NOBODY') and policies.policy_rank = placed.policy_rank
    inner join world.policy on policy.policy_id = policies.policy_id
),

-- Days left at the as-of day, day of closing relative to the due date; null is still open.
limits(case_number, complexity, complaint_source, days_left, closed_after_due) as (
    values (2701, 'simple', 'direct', 3, null), (2702, 'complex', 'direct', 0, null), (2703, 'simple', 'direct', 4, null), (2704, 'simple', 'regulator', -1, null),
    (2705, 'complex', 'direct', -6, 0), (2706, 'simple', 'regulator', -8, 1), (2707, 'extended', 'direct', 12, null), (2708, 'complex', 'direct', 2, -3)
),

timed as (
    select *, case complexity when 'simple' then 15 when 'complex' then 30 else 60 end as days_allowed, row_number() over (order by case_number) as case_rank from limits
),

everything as (
    select * from world.ordinary_complaint
    union all
    select *, received_date + 15, received_date + 5 + whole('planted_closed', complaint_id, 0, 6)::integer, false from planted
    union all
    select
        9000000 + case_number, case_number, policy.person_id, policy.customer_id, policy.policy_number, policy.organisation_code, policy.channel_code, null,
        complaint_source, complexity, 'claim_delay', as_of() + days_left - days_allowed, as_of() + days_left, as_of() + days_left + closed_after_due, false
    from timed
    inner join (
        select *, row_number() over (order by policy_id) as policy_rank from world.policy
        where is_long_term and not is_planted and issue_date < as_of() - 120
            and employee_code is null and intermediary_code is null
    ) as policy on policy.policy_rank = timed.case_rank
)

select 'Q' || strftime(received_date, '%Y%m%d') || lpad(((complaint_id * 7919 + 7) % 10000000)::varchar, 7, '0') as complaint_number, * from everything;

create table delivery.contact_centre__complaint as
with changes as (
    select complaint_number, unnest([received_date, closed_date]) as happened from world.complaint
),

versions as (
    select distinct complaint_number, delivered_on(happened) as dt from changes where happened <= as_of()
)

select
    versions.dt, complaint.complaint_number, customer_id, policy_number, organisation_code, channel_code, intermediary_code, complaint_source, complexity,
    reason_code, received_date, due_date, case when closed_date <= versions.dt then closed_date end as closed_date
from versions
inner join world.complaint on complaint.complaint_number = versions.complaint_number;
