-- Sessions with the AI, calls and chats: what is asked, how long people wait and who gives up.
create table world.contact_wish as
with kinds as (
    -- As many sessions follow a visit of the same person within the half hour as are passed on to a person: the sessions that
    -- nobody was asked to join are then as many as the visits.
    select company_code, service_year, 1 as kind, 'ai_session' as contact_type, false as is_human_requested, ai_visits - passed_on as wishes from world.service_plan
    union all
    select company_code, service_year, 2, 'ai_session', true, passed_on from world.service_plan
    union all
    select company_code, service_year, 3, 'call', true, (0.72 * (requests - passed_on))::bigint from world.service_plan
    union all
    select company_code, service_year, 4, 'chat', true, requests - passed_on - (0.72 * (requests - passed_on))::bigint from world.service_plan
    union all
    select company_code, service_year, 5, 'call', false, (0.03 * (requests - passed_on))::bigint from world.service_plan
),

wishes as (
    select
        *,
        ((case company_code when 'LIFE' then 1 when 'PROP' then 2 else 3 end * 100 + service_year % 100) * 10 + kind) * 1000000 + unnest(range(wishes)) as contact_id
    from kinds
),

dated as (
    select wishes.*, service_day.day as contact_date
    from (select *, kind <= 2 as is_ai, uniform('contact_day', contact_id) as share from wishes) as wishes
    asof inner join world.service_day
        on service_day.company_code = wishes.company_code and service_day.service_year = wishes.service_year
        and service_day.is_ai = wishes.is_ai and wishes.share >= service_day.share_before
),

-- One session with the AI in eight comes at any hour of the day.
timed as (
    select
        dated.*,
        case when is_ai and uniform('night', contact_id) < 0.12 then floor(48 * uniform('night_time', contact_id))::integer else half_hour.half_hour end::integer as half_hour
    from (select * exclude (share), uniform('half_hour', contact_id) as share from dated) as dated
    asof inner join world.half_hour on dated.share >= half_hour.share_before
),

asked as (
    select
        timed.*,
        day_start(contact_date) + to_seconds((1800 * half_hour + floor(1800 * uniform('contact_second', contact_id)))::bigint) as started_at,
        chosen('intent', contact_id, case timed.company_code
            when 'LIFE' then ['policy_inquiry', 'policy_inquiry', 'premium_payment', 'claim_progress', 'surrender_advice', 'contact_change', 'product_advice']
            when 'PROP' then ['claim_report', 'claim_progress', 'return_freight', 'policy_inquiry', 'roadside_help', 'invoice']
            else ['account_balance', 'top_up_failed', 'withdrawal_progress', 'loan_repayment', 'password_reset'] end) as intent,
        case when uniform('known', contact_id) < 0.86 then
            1 + floor(customer_count.natural_records * uniform('contact_customer', contact_id) ** 1.3)::bigint end as drawn_rank
    from timed
    inner join world.customer_count on customer_count.company_code = timed.company_code
),

-- A customer who would by chance be there twice in an hour is not recognised the second time: visits keep their number.
recognised as (
    select
        * exclude (drawn_rank),
        case when not (is_ai and coalesce(started_at - lag(started_at) over earlier <= interval 1 hour, false)) then drawn_rank end as customer_rank
    from asked
    window earlier as (partition by company_code, is_ai, drawn_rank order by started_at, contact_id)
),

revisited as (
    select
        recognised.*,
        row_number() over (
            partition by company_code, service_year, kind = 1 and customer_rank is not null and half_hour < 46
            order by uniform('returns', contact_id)
        ) <= service_plan.passed_on and kind = 1 and customer_rank is not null and half_hour < 46 as is_return
    from recognised
    inner join world.service_plan using (company_code, service_year)
)

select
    * exclude (started_at),
    contact_id * 2 + visit as visit_id,
    started_at + to_seconds(visit * whole('returns_after', contact_id, 180, 1600)) as started_at
from (select * exclude (is_return), unnest(case when is_return then [0, 1] else [0] end) as visit from revisited);

-- Waiting follows the load of the half hour. Staff is planned on the forecast, its load in erlangs, one and a half times the root, and a reserve; a request
-- takes 235 seconds in all. Chance and length of waiting after Sakasegawa's approximation of a queue with several servers.
create table world.waiting as
with requests as (
    select *, company_code || case when intent in ('claim_report', 'claim_progress', 'roadside_help') then '_claims' else '_service' end as queue
    from world.contact_wish
    where is_human_requested
),

busy as (
    select queue, contact_date, half_hour, count(*) * 235.0 / 1800 as erlangs from requests group by all
),

loads as (
    select
        requests.*,
        busy.erlangs,
        service_plan.answered_share,
        service_plan.requests as all_requests,
        service_plan.passed_on,
        service_plan.requests * service_day.forecast_share * half_hour.share * 235.0 / 1800 as planned_erlangs
    from requests
    inner join busy on busy.queue = requests.queue and busy.contact_date = requests.contact_date and busy.half_hour = requests.half_hour
    inner join world.service_plan on service_plan.company_code = requests.company_code and service_plan.service_year = requests.service_year
    inner join world.service_day on service_day.company_code = requests.company_code and service_day.day = requests.contact_date and not service_day.is_ai
    inner join world.half_hour on half_hour.half_hour = requests.half_hour
),

staffed as (
    select *, ceil(0.3 + planned_erlangs + 1.5 * sqrt(planned_erlangs)) as seats, least(erlangs / ceil(0.3 + planned_erlangs + 1.5 * sqrt(planned_erlangs)), 0.96) as utilisation from loads
),

-- Patience: Weibull with shape 0.8, so that the wish to hang up falls from 4 to 2 in a thousand seconds as the wait goes on.
waits as (
    select
        *,
        case when uniform('must_wait', visit_id) < utilisation ** (sqrt(2 * (seats + 1)) - 1)
            then -ln(1 - uniform('wait', visit_id)) * 235 / (seats * (1 - utilisation)) else 0 end as offered_seconds,
        2 + 400 * (-ln(1 - uniform('patience', visit_id))) ** 1.25 as patience_seconds
    from staffed
)

-- Who gives up is who waits longest for his patience; how many is the plan's.
select
    visit_id,
    lower(queue) as queue_code,
    offered_seconds,
    patience_seconds,
    row_number() over (partition by company_code, service_year, kind = 2 order by (offered_seconds + 1) / patience_seconds desc)
    > case when kind = 2 then round((1 - answered_share) * passed_on)
        else round((1 - answered_share) * all_requests) - round((1 - answered_share) * passed_on) end as is_human_answered
from waits;

-- Service times of the bank: lognormal, median 131 seconds for regular business, 73 and 191 for short and long errands.
create table world.contact as
with seats as (
    select
        organisation_code,
        employee_code,
        0.35 * normal('service_skill', employee_id) as skill,
        row_number() over (partition by organisation_code order by employee_code) as seat,
        count(*) over (partition by organisation_code) as seats
    from world.employee
    where employee_type = 'service' and left_date is null and hired_date < first_day()
),

served as (
    select
        contact_wish.*,
        coalesce(waiting.is_human_answered, false) as is_human_answered,
        waiting.queue_code,
        case when waiting.is_human_answered then 1 + 4 * uniform('ringing', contact_wish.visit_id) + offered_seconds
            else 5 + 20 * uniform('ringing', contact_wish.visit_id) + least(offered_seconds, patience_seconds) end as waited,
        seats.employee_code,
        seats.skill
    from world.contact_wish
    left join world.waiting as waiting on waiting.visit_id = contact_wish.visit_id
    left join seats on seats.organisation_code = contact_wish.company_code and seats.seat = 1 + floor(uniform('seat', contact_wish.contact_id) * seats.seats)::bigint
),

-- Satisfaction: agents differ, and waiting costs half a point for each two minutes.
rated as (
    select
        *,
        case when not is_human_answered and contact_type <> 'ai_session' or uniform('rated', visit_id) >= 0.35 then null
            when contact_type = 'ai_session' and not is_human_answered then 5.05 + 0.04 * (service_year - 2020) + 0.9 * normal('satisfaction', visit_id)
            else 5.15 + 0.05 * (service_year - 2020) + skill - waited / 240 + 0.8 * normal('satisfaction', visit_id) end as felt
    from served
)

select
    'T' || strftime(contact_date, '%Y%m%d') || lpad(((visit_id * 7919 + 11) % 10000000000)::varchar, 10, '0') as contact_number,
    visit_id,
    contact_type,
    customer_record.customer_id,
    coalesce(branch_range.organisation_code, rated.company_code) as organisation_code,
    case contact_type when 'call' then 'phone' when 'chat' then chosen('platform', contact_id, ['app', 'wechat', 'web'])
        else chosen('platform', contact_id, ['wechat', 'wechat', 'app', 'app', 'phone', 'web']) end as platform,
    queue_code,
    intent,
    started_at,
    contact_date,
    is_human_requested,
    is_human_answered,
    case when is_human_requested then round(waited)::integer end as wait_seconds,
    case when is_human_answered then clamped(lognormal('talk', visit_id, case when intent in ('product_advice', 'surrender_advice', 'claim_report') then 191
        when intent in ('contact_change', 'invoice', 'password_reset') then 73 else 131 end, 0.87), 8, 3600)::integer end as talk_seconds,
    case when is_human_answered then case when uniform('hold', visit_id) < 0.2 then clamped(lognormal('hold_time', visit_id, 35, 0.6), 3, 600)::integer else 0 end end as hold_seconds,
    case when is_human_answered then clamped(lognormal('wrap_up', visit_id, 28, 0.5), 2, 400)::integer end as wrap_up_seconds,
    case when is_human_answered then employee_code end as employee_code,
    contact_type = 'ai_session' and is_human_requested as is_transferred_to_human,
    case when felt is not null then clamped(round(felt), 1, 5) end::integer as satisfaction_score
from rated
left join world.customer_record
    on customer_record.company_code = rated.company_code and customer_record.rank_in_company = rated.customer_rank
left join world.branch_range
    on branch_range.company_code = rated.company_code and uniform('customer_branch', rated.customer_rank) >= branch_range.share_from
    and uniform('customer_branch', rated.customer_rank) < branch_range.share_to;

create table delivery.contact_centre__contact as
select
    -- The day before the last Wednesday came one day late, in a file of its own.
    case when contact_date = as_of() - 15 then contact_date + 2 else delivered_on(contact_date) end as dt, contact_number, contact_type, customer_id,
    organisation_code, platform, queue_code, intent, started_at, contact_date, is_human_requested, is_human_answered, wait_seconds, talk_seconds,
    hold_seconds, wrap_up_seconds, employee_code, is_transferred_to_human, satisfaction_score
from world.contact;
