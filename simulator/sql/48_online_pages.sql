-- Pages and materials online: who built them how, at what cost, from which components, and the two approvals each needs before
-- it goes online (rule CR43). The low-code builder came in mid-2020 with thirteen components.
create table world.page_draft as
with sellers as (
    select organisation_code, row_number() over (order by organisation_code) as position from world.product group by organisation_code
),

slots as (
    select
        sellers.organisation_code,
        years.built_year,
        sellers.position * 10000000 + built_year * 1000 + unnest(range(case when built_year < 2020 then 14 else 48 end)) as row_id
    from sellers
    cross join (select unnest(range(year(first_day()), year(as_of()) + 1)) as built_year) as years
),

ordinary as (
    select
        row_id,
        organisation_code,
        make_date(built_year, 1, 1) + floor(364 * uniform('page_day', row_id))::integer as built_date,
        chosen('page_kind', row_id, ['campaign', 'campaign', 'campaign', 'campaign', 'product', 'product', 'product', 'service', 'service', 'material']) as page_kind,
        null::integer as case_number
    from slots
),

-- The property insurer's seven mobile tools, one after the other from 2015 to early 2017.
tools(position, tool) as (
    values (1, '指尖承保'), (2, '指尖查勘'), (3, '指尖定损'), (4, '指尖理赔'), (5, '指尖服务'), (6, '指尖展业'), (7, '指尖管理')
),

planted(case_number, days_ago, page_kind) as (
    values (4301, 41, 'campaign'), (4302, 33, 'product'), (4303, 26, 'material'), (4304, 24, 'campaign'), (4305, 3, 'campaign')
),

everything as (
    select *, null as tool from ordinary where built_date between first_day() and as_of()
    union all
    select 900000000 + position, 'PROP', date '2015-03-20' + 105 * (position - 1)::integer, 'mobile_tool', null, tool from tools
    union all
    select 990000000 + case_number, 'LIFE', as_of() - days_ago::integer, page_kind, case_number, null from planted
)

select
    *,
    case
        when page_kind = 'material' then 'design'
        when page_kind = 'mobile_tool' then 'traditional'
        when case_number is not null then 'low_code'
        when uniform('low_code', row_id) < case when built_date < date '2020-07-01' then 0 when year(built_date) = 2020 then 0.45 when year(built_date) = 2021 then 0.62 else 0.74 end
            then 'low_code'
        else 'traditional'
    end as build_method
from everything;

-- A low-code page costs 32 % less than a page built by hand in 2020, 43 % less in 2021, half in 2022: the drawn costs of a year
-- and company are scaled to that.
create table world.page as
with costed as (
    select
        *,
        lognormal('page_cost', row_id, case build_method when 'design' then 2600 when 'low_code' then 15000 else 28000 end, case build_method when 'low_code' then 0.3 else 0.4 end)
        * case page_kind when 'mobile_tool' then 16 when 'product' then 1.2 else 1 end as drawn_cost
    from world.page_draft
),

averages as (
    select
        organisation_code,
        year(built_date) as built_year,
        avg(drawn_cost) filter (build_method = 'traditional') as traditional_cost,
        avg(drawn_cost) filter (build_method = 'low_code') as low_code_cost
    from costed
    group by all
),

components as (
    select row_id, component, row_number() over (partition by row_id order by uniform('component', row_id * 100 + place)) as position
    from (
        select row_id, unnest(range(13)) as place,
            unnest(['banner', 'rich_text', 'picture', 'video', 'form', 'countdown', 'coupon_picker', 'product_card', 'premium_calculator', 'sign_up', 'share_button', 'questions', 'store_finder']) as component
        from world.page_draft
        where build_method = 'low_code'
    )
),

used as (
    select row_id, string_agg(component, ' ' order by component) as component_codes
    from components
    where position <= 4 + uniform('components', row_id) * 6
    group by row_id
)

select
    costed.row_id,
    costed.organisation_code,
    costed.page_kind,
    costed.build_method,
    costed.built_date,
    costed.case_number,
    'PG' || lpad(costed.row_id::varchar, 10, '0') as page_code,
    coalesce(costed.tool, case costed.page_kind when 'campaign' then '活动页' when 'product' then '产品页' when 'service' then '服务页' else '宣传物料' end || (costed.row_id % 1000)::varchar) as page_name,
    round(drawn_cost * case when build_method <> 'low_code' then 1 else
        coalesce(traditional_cost / low_code_cost, 1) * case when year(built_date) = 2020 then 0.68 when year(built_date) = 2021 then 0.57 else 0.50 end end, 2) as development_cost,
    case build_method when 'low_code' then 1 + whole('build_days', costed.row_id, 0, 2) when 'design' then 1 + whole('build_days', costed.row_id, 0, 3) else 6 + whole('build_days', costed.row_id, 0, 14) end as development_days,
    used.component_codes,
    case when costed.case_number = 4305 then null when costed.case_number = 4304 then built_date + 2 else built_date + 2 + whole('published_after', costed.row_id, 0, 5)::integer end as published_date,
    case when costed.case_number in (4301, 4303, 4305) then null when costed.case_number = 4304 then built_date + 2 else built_date + whole('reviewed_after', costed.row_id, 0, 2)::integer end as reviewed_date,
    coalesce(costed.case_number in (4302, 4303, 4305), false) as lacks_compliance_approval,
    case when page_kind = 'campaign' and costed.case_number is null then built_date + 20 + whole('offline_after', costed.row_id, 0, 80)::integer end as offline_date
from costed
left join averages on averages.organisation_code = costed.organisation_code and averages.built_year = year(costed.built_date)
left join used on used.row_id = costed.row_id;

create table delivery.marketing__online_page as
with changes as (
    select page_code, unnest([built_date, published_date, offline_date]) as happened from world.page
),

versions as (
    select distinct page_code, delivered_yearly(happened) as dt from changes where happened <= as_of()
)

select
    versions.dt,
    page.page_code,
    page_name,
    organisation_code,
    page_kind,
    build_method,
    built_date,
    development_days::integer as development_day_count,
    development_cost::decimal(18, 2) as development_cost_amount,
    component_codes,
    case when published_date <= versions.dt then published_date end as published_date,
    case when offline_date <= versions.dt then offline_date end as offline_date,
    case when reviewed_date <= versions.dt then reviewed_date end as reviewed_date,
    case when reviewed_date <= versions.dt then 'XB' || strftime(reviewed_date, '%Y') || lpad((row_id % 1000003)::varchar, 7, '0') end as consumer_review_number,
    case when not lacks_compliance_approval and built_date + 2 <= versions.dt then 'HG' || strftime(built_date, '%Y') || lpad((row_id * 31 % 1000003)::varchar, 7, '0') end as compliance_approval_number
from versions
inner join world.page on page.page_code = versions.page_code;
