-- Policies as they were at issue.
create table world.customer_record as
with records as (
    select 'LIFE' as company_code, person_id, is_planted from world.person where in_life
    union all
    select 'PROP', person_id, is_planted from world.person where in_property
    union all
    select 'ONLINE', person_id, is_planted from world.person where not is_planted and uniform('in_online', person_id) < 0.55
    union all
    select 'PAY', person_id, is_planted from world.person where in_account
    union all
    -- Companies and other legal persons, customers of motor insurance.
    select 'PROP', 50000000 + unnest(range(1, sized(220) + 1)), false
)

select
    company_code,
    person_id,
    is_planted,
    person_id between 50000000 and 89999999 as is_legal,
    row_number() over (partition by company_code order by is_planted, person_id) as rank_in_company,
    case company_code when 'LIFE' then 'L' when 'PROP' then 'P' when 'ONLINE' then 'N' else 'A' end || case when is_planted then '9' else '1' end
    || lpad((row_number() over (partition by company_code, is_planted order by person_id))::varchar, 8, '0') as customer_id
from records;

-- How many records can be drawn, by company; legal persons lie at the end of the property company's.
create table world.customer_count as
select company_code, count(*) as records, count(*) filter (where not is_legal) as natural_records
from world.customer_record
where not is_planted
group by company_code;

create table world.branch_range as
select
    company.organisation_code as company_code,
    branch.organisation_code,
    sum(branch.branch_share) over shares - branch.branch_share as share_from,
    case when row_number() over shares = count(*) over (partition by company.organisation_code) then 2 else sum(branch.branch_share) over shares end as share_to
from world.organisation as branch
inner join world.organisation as company on company.organisation_code = branch.parent_organisation_code
where branch.organisation_level = 2
window shares as (partition by company.organisation_code order by branch.organisation_code);

create table world.policy_sale as
with sales as (
    select sales_plan.*, unnest(range(sized(sales_plan.policies * plan_factor.history_factor))) as item
    from world.sales_plan
    inner join world.product on product.product_code = sales_plan.product_code
    inner join (select distinct kind, channel_code, history_factor from world.demand) as plan_factor
        on plan_factor.kind = product.demand_kind and plan_factor.channel_code = sales_plan.channel_code
),

numbered as (
    select
        row_number() over (order by sales.product_code, sales.channel_code, sales.item) as policy_id,
        sales.product_code,
        sales.channel_code,
        product.demand_kind as kind,
        product.organisation_code as company_code,
        product.product_line,
        product.is_long_term,
        product.launched_date
    from sales
    inner join world.product on product.product_code = sales.product_code
),

drawn as (
    select *, uniform('issue_day', policy_id) as share from numbered
),

dated as (
    select drawn.*, demand.day as issue_date
    from drawn
    asof inner join world.demand
        on demand.kind = drawn.kind and demand.channel_code = drawn.channel_code and drawn.share >= demand.share_before
    where demand.day >= drawn.launched_date
),

placed as (
    select dated.*, branch_range.organisation_code as drawn_organisation
    from dated
    inner join world.branch_range
        on branch_range.company_code = dated.company_code
        and uniform('branch', dated.policy_id) >= branch_range.share_from
        and uniform('branch', dated.policy_id) < branch_range.share_to
),

-- Brokers do not sell life in Shanxi, which was the largest branch in 2016 and 2017; the Shanghai lockdown moves nine in ten of its off-line sales away.
moved as (
    select
        placed.*,
        case
            when placed.channel_code = 'BROKER' and placed.drawn_organisation = 'LIFE_SX' then 'LIFE_BJ'
            when placed.drawn_organisation = 'LIFE_SH' and placed.issue_date between date '2022-03-28' and date '2022-05-31'
                and placed.channel_code not in ('ONLINE', 'ONLINE_PLATFORM') and uniform('lockdown', placed.policy_id) < 0.7 then 'LIFE_GD'
            when placed.company_code = 'LIFE' and placed.channel_code <> 'BROKER' and year(placed.issue_date) in (2016, 2017)
                and uniform('shanxi', placed.policy_id) < 0.46 then 'LIFE_SX'
            else placed.drawn_organisation
        end as organisation_code,
        -- Some buy often, most once; a micro cover is bought by the same people again and again.
        1 + floor(
            (case when placed.product_line = 'motor' then customer_count.records else customer_count.natural_records end)
            * uniform('customer', placed.policy_id) ** (case when placed.product_line = 'return_freight' then 1.8 else 1.0 end)
        )::bigint as customer_rank
    from placed
    inner join world.customer_count on customer_count.company_code = placed.company_code
)

select
    moved.policy_id,
    0::bigint as planted_number,
    customer_record.customer_id,
    customer_record.person_id,
    moved.company_code,
    moved.product_code,
    moved.product_line,
    moved.kind,
    moved.is_long_term,
    moved.channel_code,
    moved.organisation_code,
    moved.issue_date
from moved
inner join world.customer_record
    on customer_record.company_code = moved.company_code and customer_record.rank_in_company = moved.customer_rank
union all
select
    90000000 + planted_policy.planted_number,
    planted_policy.planted_number,
    customer_record.customer_id,
    customer_record.person_id,
    'LIFE',
    planted_policy.product_code,
    product.product_line,
    product.demand_kind,
    product.is_long_term,
    planted_policy.channel_code,
    planted_policy.organisation_code,
    planted_policy.issue_date
from world.planted_policy
inner join world.product on product.product_code = planted_policy.product_code
inner join world.customer_record on customer_record.person_id = planted_policy.person_id and customer_record.company_code = 'LIFE';
