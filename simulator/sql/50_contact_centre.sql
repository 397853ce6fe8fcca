-- Sessions with the AI, calls and chats; and complaints with the cases of rule CR27.
create table world.contact as
with wishes as (
    select unnest(range(sized(57500))) as contact_id
),

dated as (
    select wishes.contact_id, demand.day as contact_date, year(demand.day) - 2020 as years_in
    from (select contact_id, uniform('contact_day', contact_id) as share from wishes) as wishes
    asof inner join (select * from world.demand where kind = 'service') as demand on wishes.share >= demand.share_before
),

typed as (
    select
        *,
        case
            when uniform('contact_type', contact_id) < 0.815 + 0.022 * years_in then 'ai_session'
            when uniform('contact_type', contact_id) < 0.92 + 0.009 * years_in then 'call'
            else 'chat' end as contact_type,
        chosen('contact_company', contact_id, ['LIFE', 'LIFE', 'LIFE', 'LIFE', 'PROP', 'PROP', 'PROP', 'PROP', 'PAY', 'PAY']) as company_code
    from dated
),

asked as (
    select
        typed.*,
        chosen('intent', contact_id, case typed.company_code
            when 'LIFE' then ['policy_inquiry', 'policy_inquiry', 'premium_payment', 'claim_progress', 'surrender_advice', 'contact_change', 'product_advice']
            when 'PROP' then ['claim_report', 'claim_progress', 'return_freight', 'policy_inquiry', 'roadside_help', 'invoice']
            else ['account_balance', 'top_up_failed', 'withdrawal_progress', 'loan_repayment', 'password_reset'] end) as intent,
        case when contact_type = 'ai_session' then uniform('transferred', contact_id) < 0.075 - 0.008 * years_in
            when contact_type = 'call' then uniform('self_service', contact_id) > 0.06 else true end as is_human_requested,
        -- Half the sessions of the last day of a busy hour come from who was there a moment ago.
        contact_type = 'ai_session' and uniform('returns', contact_id) < 0.03 as is_return,
        case when uniform('known', contact_id) < 0.86 then
            1 + floor(customer_count.natural_records * uniform('contact_customer', contact_id) ** 1.3)::bigint end as customer_rank,
        case when contact_type = 'ai_session' and uniform('night', contact_id) < 0.12 then floor(86399 * uniform('contact_time', contact_id))
            else 28800 + floor(46800 * (0.55 * uniform('contact_time', contact_id) + 0.45 * uniform('contact_time_2', contact_id))) end as second_of_day
    from typed
    inner join world.customer_count on customer_count.company_code = typed.company_code
),

sessions as (
    select *, unnest(case when is_return then [0, 1] else [0] end) as visit from asked
),

waited as (
    select
        *,
        contact_id * 2 + visit as visit_id,
        case when is_human_requested then least(floor(-ln(1 - uniform('wait', contact_id)) * 11.5), 600)::integer end as wait_seconds,
        is_human_requested and uniform('answered', contact_id) < 0.976 + 0.0045 * years_in as is_human_answered
    from sessions
)

select
    'T' || strftime(contact_date, '%Y%m%d') || lpad(((visit_id * 7919 + 11) % 10000000000)::varchar, 10, '0') as contact_number,
    visit_id,
    contact_type,
    customer_record.customer_id,
    coalesce(branch_range.organisation_code, waited.company_code) as organisation_code,
    case contact_type when 'call' then 'phone' when 'chat' then chosen('platform', contact_id, ['app', 'wechat', 'web'])
        else chosen('platform', contact_id, ['wechat', 'wechat', 'app', 'app', 'phone', 'web']) end as platform,
    case when is_human_requested then lower(waited.company_code) || case when intent in ('claim_report', 'claim_progress', 'roadside_help') then '_claims' else '_service' end end as queue_code,
    intent,
    day_start(contact_date) + to_seconds((least(second_of_day + 700 * visit, 86399))::bigint) as started_at,
    contact_date,
    is_human_requested,
    is_human_answered,
    case when is_human_requested and not is_human_answered then wait_seconds + 25 else wait_seconds end as wait_seconds,
    case when is_human_answered then clamped(lognormal('talk', visit_id, 165, 0.6), 8, 3000)::integer end as talk_seconds,
    case when is_human_answered then case when uniform('hold', visit_id) < 0.2 then clamped(lognormal('hold_time', visit_id, 35, 0.6), 3, 600)::integer else 0 end end as hold_seconds,
    case when is_human_answered then clamped(lognormal('wrap_up', visit_id, 28, 0.5), 2, 400)::integer end as wrap_up_seconds,
    case when is_human_answered then seats.employee_code end as employee_code,
    contact_type = 'ai_session' and is_human_requested as is_transferred_to_human,
    case when is_human_answered or contact_type = 'ai_session' then
        case when uniform('rated', visit_id) < 0.35 then [1, 2, 3, 4, 4, 5, 5, 5, 5, 5, 5, 5][1 + floor(12 * uniform('satisfaction', visit_id) ** 0.75)::integer] end end::integer as satisfaction_score
from waited
left join world.customer_record
    on customer_record.company_code = waited.company_code and customer_record.rank_in_company = waited.customer_rank
left join world.branch_range
    on branch_range.company_code = waited.company_code and uniform('customer_branch', waited.customer_rank) >= branch_range.share_from
    and uniform('customer_branch', waited.customer_rank) < branch_range.share_to
left join (
    select organisation_code, employee_code, row_number() over (partition by organisation_code order by employee_code) as seat,
        count(*) over (partition by organisation_code) as seats
    from world.employee where employee_type = 'service' and left_date is null and hired_date < first_day()
) as seats on seats.organisation_code = waited.company_code and seats.seat = 1 + floor(uniform('seat', waited.contact_id) * seats.seats)::bigint;

create table delivery.contact_centre__contact as
select
    -- The day before the last Wednesday came one day late, in a file of its own.
    case when contact_date = as_of() - 15 then contact_date + 2 else delivered_on(contact_date) end as dt, contact_number, contact_type, customer_id,
    organisation_code, platform, queue_code, intent, started_at, contact_date, is_human_requested, is_human_answered, wait_seconds, talk_seconds,
    hold_seconds, wrap_up_seconds, employee_code, is_transferred_to_human, satisfaction_score
from world.contact;

create table world.complaint as
with wishes as (
    select unnest(range(sized(1200))) as complaint_id
),

dated as (
    select
        wishes.complaint_id,
        demand.day as received_date,
        chosen('complexity', complaint_id, ['simple', 'simple', 'simple', 'simple', 'simple', 'simple', 'complex', 'complex', 'complex', 'extended']) as complexity,
        uniform('complaint_source', complaint_id) as source_draw
    from (select complaint_id, uniform('complaint_day', complaint_id) as share from wishes) as wishes
    asof inner join (select * from world.demand where kind = 'service') as demand on wishes.share >= demand.share_before
),

-- What is complained about: policies with a person's work behind them, drawn by rank.
policies as (
    select policy_id, policy_number, customer_id, organisation_code, channel_code, intermediary_code, product_line, issue_date,
        row_number() over (order by issue_date, policy_id) as rank_in_list
    from world.policy
    where not is_planted and (not is_micro or uniform('complained', policy_id) < 0.05)
),

timed as (
    select
        dated.complaint_id,
        dated.received_date,
        dated.complexity,
        dated.source_draw,
        policies.*  exclude (issue_date),
        case dated.complexity when 'simple' then 15 when 'complex' then 30 else 60 end as days_allowed,
        -- Three in a hundred are closed late, until two months ago; all others four days or more before they are due.
        uniform('complaint_late', complaint_id) < case year(dated.received_date) when 2020 then 0.042 when 2021 then 0.028 else 0.02 end
        and dated.received_date < as_of() - 140 as is_late
    from dated
    asof inner join (select issue_date, max(rank_in_list) as policies from policies group by issue_date) as listed on dated.received_date >= listed.issue_date
    inner join policies on policies.rank_in_list = 1 + floor(uniform('complained_policy', dated.complaint_id) * listed.policies)::bigint
),

closed as (
    select
        'Q' || strftime(received_date, '%Y%m%d') || lpad(((complaint_id * 7919 + 7) % 10000000)::varchar, 7, '0') as complaint_number,
        0 as case_number,
        complaint_id,
        case when uniform('complainant', complaint_id) < 0.93 then customer_id end as customer_id,
        case when uniform('complainant', complaint_id) < 0.90 then policy_number end as policy_number,
        organisation_code,
        channel_code,
        intermediary_code,
        case when source_draw < 0.26 then 'regulator' when source_draw < 0.95 then 'direct' else 'media' end as complaint_source,
        complexity,
        chosen('complaint_reason', complaint_id, case product_line when 'motor' then ['claim_amount', 'claim_delay', 'service_attitude', 'premium_quote']
            when 'return_freight' then ['claim_refused', 'unwanted_cover'] when 'flight_delay' then ['claim_refused', 'claim_delay']
            else ['misleading_sale', 'surrender_value', 'claim_refused', 'policy_delivery', 'service_attitude', 'premium_deduction'] end) as reason_code,
        received_date,
        received_date + days_allowed as due_date,
        case when is_late then received_date + days_allowed + whole('complaint_days_late', complaint_id, 1, 9)::integer
            else received_date + 1 + floor((days_allowed - 5) * uniform('complaint_days', complaint_id) ** 1.3)::integer end as closed_date,
        is_late
    from timed
),

-- Days left at the as-of day, day of closing relative to the due date; null is still open.
cases(case_number, complexity, days_left, closed_after_due) as (
    values (2701, 'simple', 3, null), (2702, 'complex', 0, null), (2703, 'simple', 4, null), (2704, 'simple', -1, null),
    (2705, 'complex', -6, 0), (2706, 'simple', -8, 1), (2707, 'extended', 12, null), (2708, 'complex', 2, -3)
)

select * from closed
union all
select
    'Q' || strftime(as_of() + days_left - allowed, '%Y%m%d') || lpad((9000000 + case_number)::varchar, 7, '0'), case_number, 9000000 + case_number, policy.customer_id,
    policy.policy_number, policy.organisation_code, policy.channel_code, policy.intermediary_code, 'regulator', complexity, 'misleading_sale',
    as_of() + days_left - allowed, as_of() + days_left, as_of() + days_left + closed_after_due, false
from (
    select *, case complexity when 'simple' then 15 when 'complex' then 30 else 60 end as allowed, row_number() over (order by case_number) as case_rank from cases
) as cases
inner join (
    select *, row_number() over (order by policy_id) as policy_rank from world.policy
    where is_long_term and not is_planted and issue_date < as_of() - 120
) as policy on policy.policy_rank = cases.case_rank;

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
