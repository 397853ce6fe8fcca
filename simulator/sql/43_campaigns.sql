-- Campaigns of every company that sells something: the seasons of the trade each year, a member day a quarter, and the
-- always-on advertising between them.
create table world.campaign as
with kinds(kind_code, name_zh, name_en, campaign_type, month_day, days, sold_by, budget) as (
    values
    ('OPEN', '开门红', 'Opening Season', 'product', '01-02', 40, 'life', 900000), ('WOMEN', '女神节健康季', 'Women''s Day Health Season', 'festival', '03-01', 10, 'life', 260000),
    ('MID', '年中大促', 'Mid-year Sale', 'coupon', '06-01', 20, 'any', 420000), ('DAY78', '七八保险日', 'Insurance Day', 'content', '07-06', 7, 'any', 120000),
    ('SUMMER', '暑期出行季', 'Summer Travel Season', 'product', '07-10', 45, 'property', 300000), ('D11', '双十一', 'Double 11', 'coupon', '10-28', 16, 'any', 700000),
    ('YEAREND', '年终回馈', 'Year-end Thanks', 'referral', '12-05', 25, 'any', 240000), ('MEMBER1', '春季会员日', 'Spring Member Day', 'private_domain', '02-25', 5, 'any', 60000),
    ('MEMBER2', '夏季会员日', 'Summer Member Day', 'private_domain', '05-20', 5, 'any', 60000), ('MEMBER3', '秋季会员日', 'Autumn Member Day', 'private_domain', '08-25', 5, 'any', 65000),
    ('MEMBER4', '冬季会员日', 'Winter Member Day', 'private_domain', '11-25', 5, 'any', 65000), ('ALWAYS', '常态投放', 'Always-on Advertising', 'always_on', '01-01', 364, 'any', 1200000)
),

sellers as (
    select organisation.organisation_code, organisation.company_type, row_number() over (order by organisation.organisation_code) as seller_number
    from world.organisation
    where organisation_level = 1 and organisation_code in (select organisation_code from world.product)
),

years as (
    select unnest(range(year(first_day()), year(as_of()) + 1)) as campaign_year
),

everything as (
    select
        sellers.*,
        kinds.*,
        years.campaign_year,
        (years.campaign_year || '-' || kinds.month_day)::date as start_date,
        seller_number * 1000000 + years.campaign_year * 100 + row_number() over (partition by sellers.organisation_code, campaign_year order by kind_code) as row_id
    from sellers
    cross join years
    inner join kinds on kinds.sold_by in ('any', sellers.company_type)
)

select
    organisation_code || campaign_year || kind_code as campaign_code,
    campaign_year || ' ' || name_zh as campaign_name_zh,
    name_en || ' ' || campaign_year as campaign_name_en,
    campaign_type,
    organisation_code,
    start_date,
    (start_date + days)::date as end_date,
    -- Traffic grows dearer by a twelfth a year.
    (1000 * round(getvariable('size') * budget / 1000 * 1.08 ** (campaign_year - 2020) * exp(0.15 * normal('budget', row_id))))::decimal(18, 2) as budget_amount,
    (1000 * round(getvariable('size') * budget / 1000 * clamped(2.5 + 0.8 * normal('goal', row_id), 0.8, 6)))::decimal(18, 2) as target_premium_amount,
    case campaign_type when 'private_domain' then 'members' when 'referral' then 'policyholders' when 'festival' then 'women_25_50' when 'always_on' then 'everyone'
        else chosen('segment', row_id, ['everyone', 'new_visitors', 'policyholders', 'families']) end as target_segment,
    -- The plan of a year is approved by the end of the year before, so a campaign is known before anything refers to it.
    make_date(campaign_year - 1, 11, 10) + whole('approved', row_id, 0, 40)::integer as approved_date
from everything;

-- The campaign a visitor meets on a day: the shortest that runs, and the always-on one.
create table world.campaign_day as
select
    campaign.organisation_code as company_code,
    calendar.day,
    arg_min(campaign_code, end_date - start_date) as seasonal_code,
    arg_max(campaign_code, end_date - start_date) as always_code
from world.campaign
inner join world.calendar on calendar.day between campaign.start_date and campaign.end_date
group by all;

create table delivery.marketing__campaign as
select
    delivered_yearly(approved_date) as dt, campaign_code, campaign_name_zh, campaign_name_en, campaign_type, organisation_code, start_date, end_date, budget_amount,
    target_premium_amount, target_segment, approved_date
from world.campaign;
