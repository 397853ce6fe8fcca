-- Tiers of members, judged each quarter, and the private domain: who follows an account of a company and how lively.
create table world.tier_review as
with review_days as (
    select distinct least(last_day(date_trunc('quarter', day) + interval 2 month), as_of())::date as evaluated_date
    from world.calendar
    where day >= app_log_start()
),

reviews as (
    select app_user.user_id, app_user.user_row, app_user.person_id, app_user.bound_date, app_user.account_customer_id, review_days.evaluated_date
    from world.app_user
    inner join review_days on review_days.evaluated_date >= app_user.bound_date
),

premiums as (
    select reviews.user_id, evaluated_date, sum(premium.premium_amount) as premium_amount
    from reviews
    inner join world.premium
        on premium.person_id = reviews.person_id and premium.accounting_date > reviews.evaluated_date - 365 and premium.accounting_date <= reviews.evaluated_date
    group by all
),

visits as (
    select reviews.user_id, evaluated_date, count(*) as active_days
    from reviews
    inner join world.app_activity
        on app_activity.user_id = reviews.user_id and app_activity.activity_date > reviews.evaluated_date - 90 and app_activity.activity_date <= reviews.evaluated_date
    group by all
),

scored as (
    select
        reviews.*,
        coalesce(premiums.premium_amount, 0) as premium_amount,
        coalesce(visits.active_days, 0) as active_days,
        coalesce(account_balance.balance + account_balance.fund_fen, 0) / 100 as assets,
        date_diff('month', bound_date, reviews.evaluated_date) as tenure_months
    from reviews
    left join premiums on premiums.user_id = reviews.user_id and premiums.evaluated_date = reviews.evaluated_date
    left join visits on visits.user_id = reviews.user_id and visits.evaluated_date = reviews.evaluated_date
    left join world.account_balance on account_balance.customer_id = reviews.account_customer_id and account_balance.balance_date = reviews.evaluated_date
),

-- Three points for 1,000 yuan of premium a year, one for 2,000 of assets, one for two active days of the quarter or two months.
pointed as (
    select *, floor(3 * premium_amount / 1000 + assets / 2000 + 0.5 * active_days + 0.5 * least(tenure_months, 60))::integer as points from scored
),

graded as (
    select *, case when points >= 60 then 5 when points >= 30 then 4 when points >= 14 then 3 when points >= 6 then 2 else 1 end as tier from pointed
)

select *, lag(tier) over (partition by user_id order by evaluated_date) as previous_tier from graded;

create macro tier_name(tier) as (['ordinary', 'silver', 'gold', 'platinum', 'diamond'][tier]);

create table delivery.members__member_tier as
select
    delivered_quarterly(evaluated_date) as dt,
    user_id,
    evaluated_date,
    tier_name(tier) as tier_code,
    case when previous_tier is not null then tier_name(previous_tier) end as previous_tier_code,
    points as points_count,
    premium_amount::decimal(18, 2) as annual_premium_amount,
    round(assets, 2)::decimal(18, 2) as account_asset_amount,
    active_days::integer as active_day_count,
    tenure_months::integer as tenure_month_count
from world.tier_review
where tier is distinct from previous_tier;

-- Members of the private domain: buyers mostly join around a purchase; the others are strangers. Some leave within months.
create table world.private_member as
with buyers as (
    select policy.customer_id, policy.person_id, policy.company_code, min(policy.issue_date) as first_issue_date
    from world.policy
    where not policy.is_micro and not policy.is_planted and policy.issue_date >= greatest(first_day(), date '2019-01-01')
    group by all
),

joined as (
    select
        person_id * 10 + row_number() over (partition by person_id order by company_code) as row_id,
        customer_id,
        company_code,
        first_issue_date + whole('joins_domain', person_id, -70, 60)::integer as joined_date
    from buyers
    where uniform('in_domain', person_id) < 0.10
    union all
    select 800000000 + item, null, chosen('domain_company', item, ['LIFE', 'LIFE', 'PROP']), greatest(first_day(), date '2019-06-01')
        + floor((as_of() - greatest(first_day(), date '2019-06-01')) * uniform('stranger_joins', item) ** 0.75)::integer
    from (select unnest(range(sized(380))) as item)
)

select
    *,
    'PD' || lpad(((row_id * 7919 + 5) % 10000000000)::varchar, 10, '0') as member_number,
    chosen('domain_kind', row_id, ['enterprise_wechat', 'enterprise_wechat', 'enterprise_wechat', 'official_account', 'official_account', 'community']) as domain_kind,
    whole('domain_account', row_id, 1, 3) as account_position,
    chosen('domain_source', row_id, case when customer_id is null then ['wechat_article', 'short_video', 'offline_event', 'friend'] else ['after_purchase', 'after_purchase', 'agent', 'campaign', 'friend'] end) as join_source,
    case when uniform('leaves_domain', row_id) < case when customer_id is null then 0.35 else 0.15 end
        then greatest(joined_date, first_day()) + 20 + whole('leaves_day', row_id, 0, 400)::integer end as left_date
from (select * replace (greatest(joined_date, first_day()) as joined_date) from joined)
where joined_date <= as_of();

create table delivery.marketing__private_domain_member as
with changes as (
    select member_number, unnest([joined_date, left_date]) as happened from world.private_member
),

versions as (
    select distinct member_number, delivered_yearly(happened) as dt from changes where happened <= as_of()
)

select
    versions.dt,
    private_member.member_number,
    customer_id,
    company_code as organisation_code,
    company_code || '_' || upper(left(domain_kind, 2)) || account_position as operating_account_code,
    domain_kind,
    join_source,
    joined_date,
    case when left_date <= versions.dt then left_date end as left_date
from versions
inner join world.private_member on private_member.member_number = versions.member_number;

-- Two members in three are active in the month they join, one in four a year later; who buys mostly asked before.
create table delivery.marketing__private_domain_activity as
with months as (
    select distinct date_trunc('month', day)::date as activity_month from world.calendar where day >= app_log_start()
),

member_months as (
    select
        private_member.*,
        months.activity_month,
        least(last_day(months.activity_month), as_of()) as month_end_date,
        date_diff('month', joined_date, months.activity_month) as months_since,
        row_id * 1000 + date_diff('month', date '2014-01-01', months.activity_month) as draw_id
    from world.private_member
    inner join months
        on last_day(months.activity_month) >= private_member.joined_date and (private_member.left_date is null or months.activity_month < private_member.left_date)
),

purchases as (
    select distinct customer_id, date_trunc('month', issue_date)::date as issue_month from world.policy where not is_micro
),

lively as (
    select member_months.*, purchases.issue_month is not null as buys
    from member_months
    left join purchases on purchases.customer_id = member_months.customer_id and purchases.issue_month = member_months.activity_month
    where uniform('lively', draw_id) < case when purchases.issue_month is not null then 0.92 else 0.22 + 0.45 * exp(-months_since / 4.0) end
        * case domain_kind when 'official_account' then 0.8 else 1.0 end
)

select
    delivered_yearly(month_end_date) as dt,
    member_number,
    activity_month,
    month_end_date,
    (1 + event_count(uniform('messages', draw_id), 1.1) + case when buys then 3 else 0 end)::integer as message_count,
    event_count(uniform('domain_clicks', draw_id), 0.9)::integer as content_click_count,
    event_count(uniform('domain_shares', draw_id), 0.15)::integer as share_count
from lively;
