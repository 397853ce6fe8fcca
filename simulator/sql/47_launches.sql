-- Launches of products and their later plans, and connections of partner channels. The life insurer's fastest plan took five
-- days in 2021 and its fastest standard connection one hour; everything else takes longer.
create table world.product_launch as
with ranked_products as (
    select product_code, organisation_code, is_long_term, launched_date, row_number() over (partition by organisation_code order by product_code) as position,
        count(*) over (partition by organisation_code) as products
    from world.product
),

-- Seven plans a year and company, of products on sale by then.
slots as (
    select
        companies.organisation_code,
        years.launch_year,
        plan,
        years.launch_year * 1000 + 10 * plan + row_number() over (partition by launch_year, plan order by companies.organisation_code) as row_id
    from (select distinct organisation_code from ranked_products) as companies
    cross join (select unnest(range(year(first_day()), year(as_of()) + 1)) as launch_year) as years
    cross join (select unnest(range(1, 8)) as plan)
),

plans as (
    select
        slots.row_id,
        slots.organisation_code,
        ranked_products.product_code,
        ranked_products.is_long_term,
        'plan' as launch_kind,
        (make_date(slots.launch_year, 1, 5) + floor(355 * uniform('plan_day', slots.row_id))::integer)::date as first_sale_date,
        ranked_products.launched_date
    from slots
    inner join ranked_products on ranked_products.organisation_code = slots.organisation_code
        and ranked_products.position = 1 + floor(ranked_products.products * uniform('plan_product', slots.row_id))::bigint
),

launches as (
    select * exclude (launched_date) from plans where first_sale_date between greatest(launched_date + 90, first_day()) and as_of()
    union all
    select 900000 + row_number() over (order by product_code), organisation_code, product_code, is_long_term, 'product', launched_date
    from ranked_products
    where launched_date <= as_of()
),

-- Days from initiation to sale, half of 2014's 70 by 2022; filed long-term covers take half as long again, plans two thirds.
timed as (
    select
        *,
        greatest(6, round(lognormal('launch_days', row_id, 70 * 0.917 ** (year(first_sale_date) - 2014), 0.4)
        * case when is_long_term then 1.3 else 0.8 end * case launch_kind when 'plan' then 0.66 else 1.3 end))::integer as drawn_days,
        8 + whole('tasks', row_id, 0, 16) as task_count
    from launches
),

ranked as (
    select
        *,
        row_number() over (partition by organisation_code, year(first_sale_date), launch_kind order by drawn_days, row_id) as speed_rank
    from timed
)

select
    *,
    case when speed_rank = 1 and organisation_code = 'LIFE' and year(first_sale_date) = 2021 and launch_kind = 'plan' then 5 else drawn_days end as days,
    floor(task_count * clamped(0.80 + 0.015 * (year(first_sale_date) - 2014) + 0.08 * normal('on_time', row_id), 0.5, 1))::integer as on_time_tasks,
    floor(task_count * clamped(0.16 - 0.010 * (year(first_sale_date) - 2014) + 0.06 * normal('returned', row_id), 0, 0.5))::integer as returned_tasks
from ranked;

create table delivery.marketing__product_launch as
select
    delivered_yearly(first_sale_date) as dt,
    'PL' || lpad(row_id::varchar, 7, '0') as launch_number,
    product_code,
    organisation_code,
    launch_kind,
    first_sale_date - days as initiated_date,
    first_sale_date - days + (days * 0.30)::integer as designed_date,
    first_sale_date - days + (days * case when is_long_term then 0.70 else 0.55 end)::integer as filed_date,
    first_sale_date - (days * 0.10)::integer as tested_date,
    first_sale_date,
    task_count::integer as task_count,
    on_time_tasks as on_time_task_count,
    returned_tasks as returned_task_count
from world.product_launch;

create table world.onboarding as
with slots as (
    select
        companies.organisation_code,
        years.accepted_year,
        companies.position * 100000 + accepted_year * 20 + item as row_id
    from (
        select organisation_code, row_number() over (order by organisation_code) as position
        from world.product where is_insurance_contract group by organisation_code
    ) as companies
    cross join (select unnest(range(year(first_day()), year(as_of()) + 1)) as accepted_year) as years
    cross join (select unnest(range(14)) as item)
),

-- Standard connections came in 2018 and are two thirds of all by 2022.
dated as (
    select
        *,
        make_date(accepted_year, 1, 4) + floor(358 * uniform('accepted_day', row_id))::integer as accepted_date,
        case when uniform('standard', row_id) < clamped(0.15 * (accepted_year - 2017), 0, 0.66) then 'standard_api'
            else chosen('mode', row_id, ['custom_api', 'custom_api', 'page_link', 'file_exchange']) end as access_mode
    from slots
),

timed as (
    select
        *,
        day_start(accepted_date) + to_seconds(whole('accepted_time', row_id, 31000, 43000)) as accepted_at,
        -- Minutes until policies can be sold: standard connections take a working day, others weeks.
        case access_mode when 'standard_api' then greatest(75, round(lognormal('standard_minutes', row_id, 430 * 0.9 ** (accepted_year - 2020), 0.8)))
            when 'page_link' then greatest(300, round(lognormal('link_minutes', row_id, 2900, 0.5)))
            else greatest(1440, round(lognormal('custom_minutes', row_id, 30000 * 0.93 ** (accepted_year - 2020), 0.5))) end::integer as drawn_minutes
    from dated
    where accepted_date between first_day() and as_of()
),

ranked as (
    select *, row_number() over (partition by organisation_code, accepted_year, access_mode order by drawn_minutes, row_id) as speed_rank from timed
)

select
    *,
    accepted_at + to_minutes(case when speed_rank = 1 and organisation_code = 'LIFE' and accepted_year >= 2021 and access_mode = 'standard_api'
        then 60 else drawn_minutes end) as saleable_at
from ranked;

create table delivery.marketing__channel_onboarding as
with versions as (
    select row_id, unnest([accepted_date, saleable_at::date]) as happened from world.onboarding
)

select distinct
    delivered_yearly(happened) as dt,
    'CO' || lpad(onboarding.row_id::varchar, 8, '0') as onboarding_number,
    organisation_code,
    case when access_mode = 'file_exchange' then 'BANC' else chosen('partner_channel', onboarding.row_id, ['ONLINE_PLATFORM', 'ONLINE_PLATFORM', 'BROKER']) end as channel_code,
    access_mode,
    accepted_at,
    accepted_date,
    case when saleable_at::date <= delivered_yearly(happened) then saleable_at end as first_saleable_at,
    1 + whole('interfaces', onboarding.row_id, 0, 6) as interface_count,
    case when saleable_at::date <= delivered_yearly(happened) then case access_mode when 'standard_api' then whole('retests', onboarding.row_id, 0, 1) else whole('retests', onboarding.row_id, 0, 5) end end as retest_count
from versions
inner join world.onboarding on onboarding.row_id = versions.row_id
where happened <= as_of();
