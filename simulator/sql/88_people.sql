-- Staff with a labour contract by line of work: posts are filled, fall vacant and are filled again, so that the number at each
-- year end is the one planned. Tied agents are no employees. People are simulated one to one, money is not.
create table world.headcount_plan as
with years as (
    select unnest(range(least(2013, year(first_day())::bigint - 1), year(as_of())::bigint + 1))::integer as year_number
),

growth as (
    select company_code,
        max(standard_premium) filter (year_number = 2021 and months = 12) / max(standard_premium) filter (year_number = 2020 and months = 12 and standard_premium > 0) as all_growth,
        max(first_year_premium) filter (year_number = 2021 and months = 12) / max(first_year_premium) filter (year_number = 2020 and months = 12 and first_year_premium > 0) as business_growth
    from world.company_year
    where company_type = 'life'
    group by company_code
),

-- Premium per head of the life company grows by 37 % in 2021, in the company and in its business line: from 400 and 170 heads
-- on average in 2020 the heads go with the premium. Opening, closing 2020 and closing 2021 lie on one curve.
averages as (
    select company_code, 400 as all_average, 170 as business_average,
        coalesce(clamped(all_growth / 1.37, 0.6, 1.7), 1) as all_factor, coalesce(clamped(business_growth / 1.37, 0.6, 1.7), 1) as business_factor
    from growth
),

openings as (
    select *, round(2 * all_average / (1 + all_factor)) as all_opening, round(2 * business_average / (1 + business_factor)) as business_opening from averages
),

published_years as (
    select company_code, unnest([2019, 2020, 2021]) as year_number,
        unnest([all_opening, 2 * all_average - all_opening, round(2 * all_average * all_factor) - (2 * all_average - all_opening)]) as all_heads,
        unnest([business_opening, 2 * business_average - business_opening, round(2 * business_average * business_factor) - (2 * business_average - business_opening)]) as business_heads
    from openings
),

life_heads as (
    select company_code, year_number,
        unnest(['business', 'technology', 'service', 'back_office']) as employee_line,
        unnest([business_heads, round(0.38 * (all_heads - business_heads)), round(0.22 * (all_heads - business_heads)),
            all_heads - business_heads - round(0.38 * (all_heads - business_heads)) - round(0.22 * (all_heads - business_heads))]) as heads
    from published_years
),

sizes(company_type, employee_line, heads, yearly_growth) as (
    values
    ('property', 'business', 170, 0.05), ('property', 'technology', 45, 0.09), ('property', 'service', 80, 0.04), ('property', 'back_office', 75, 0.03),
    ('account', 'business', 15, 0.08), ('account', 'technology', 40, 0.10), ('account', 'service', 20, 0.06), ('account', 'back_office', 15, 0.05),
    ('group', 'business', 5, 0.0), ('group', 'technology', 20, 0.05), ('group', 'service', 5, 0.0), ('group', 'back_office', 45, 0.01),
    ('bank', 'business', 60, 0.04), ('bank', 'technology', 30, 0.06), ('bank', 'service', 20, 0.02), ('bank', 'back_office', 40, 0.03),
    ('other', 'business', 25, 0.05), ('other', 'technology', 8, 0.05), ('other', 'service', 6, 0.03), ('other', 'back_office', 12, 0.02)
)

select life_heads.company_code, years.year_number, life_heads.employee_line,
    round(life_heads.heads * case when years.year_number < 2019 then 1.03 else 1.02 end ** (years.year_number - life_heads.year_number))::integer as heads
from life_heads
inner join years on life_heads.year_number = clamped(years.year_number, 2019, 2021)
union all
-- The online insurer begins with 190 people, 105 of them in technology, and has about 250 a year later.
select organisation_code, years.year_number, unnest(['business', 'technology', 'service', 'back_office']),
    unnest(list_transform([25, 105, 30, 30],
        lambda heads: round(heads * (1 + 0.32 * clamped(years.year_number - 2013, 0, 1) + 0.12 * clamped(years.year_number - 2014, 0, 6)))::integer))
from world.organisation
cross join years
where organisation_code = 'ONLINE'
union all
select organisation.organisation_code, years.year_number, sizes.employee_line, round(sizes.heads * (1 + sizes.yearly_growth) ** (years.year_number - 2020))::integer
from world.organisation
inner join sizes
    on sizes.company_type = if(organisation.company_type in ('property', 'account', 'group', 'bank'), organisation.company_type, 'other')
cross join years
where organisation.organisation_level <= 1 and organisation.organisation_code <> 'ONLINE' and organisation.company_type <> 'life';

create table world.employment as
with places as (
    select organisation_code, company_code, row_number() over (partition by company_code order by organisation_code) - 1 as place,
        count(*) over (partition by company_code) as places
    from world.company_of
    where organisation_level > 1
),

posts as (
    select company_code, employee_line, unnest(range(1, max(heads) + 1)) as post, min(year_number) as first_year from world.headcount_plan group by company_code, employee_line
),

numbered as (
    select row_number() over (order by company_code, employee_line, post) as post_id, * from posts
),

states as (
    select numbered.*, plan.year_number, numbered.post <= plan.heads as is_filled,
        coalesce(numbered.post <= lag(plan.heads) over (partition by post_id order by plan.year_number), false) as was_filled,
        numbered.post_id * 100 + plan.year_number % 100 as draw_id,
        make_date(plan.year_number, 1, 1) as year_start,
        least(make_date(plan.year_number, 12, 31), as_of()) - make_date(plan.year_number, 1, 1) + 1 as days
    from numbered
    inner join world.headcount_plan as plan on plan.company_code = numbered.company_code and plan.employee_line = numbered.employee_line
),

vacated as (
    select *,
        is_filled and was_filled and uniform('turnover', draw_id) < days / 365.0
        * case employee_line when 'business' then 0.21 when 'technology' then 0.16 when 'service' then 0.19 else 0.09 end as is_replaced,
        floor(0.75 * days * uniform('vacated', draw_id))::integer as vacated_after
    from states
),

moves as (
    select *, 'hire' as move, case
        when year_number = first_year and company_code = 'ONLINE' then date '2013-10-09' + whole('hire', draw_id, 0, 80)::integer
        when year_number = first_year then year_start - whole('hire', draw_id, 0, 1600)::integer
        when is_replaced then year_start + vacated_after + 1 + floor(0.2 * days * uniform('refilled', draw_id))::integer
        else year_start + floor(days * uniform('hire', draw_id))::integer end as moved_date
    from vacated
    where is_replaced or (is_filled and not was_filled)
    union all
    select *, 'leave', year_start + if(is_replaced, vacated_after, floor(days * uniform('leave', draw_id))::integer)
    from vacated
    where is_replaced or (was_filled and not is_filled)
),

ordered as (
    select *, row_number() over (partition by post_id, move order by moved_date) as turn from moves
)

select
    'H' || lpad(((hired.post_id * 100 + hired.turn) * 7919 % 100000000)::varchar, 8, '0') as employment_number,
    hired.company_code,
    if(hired.employee_line = 'business', coalesce(places.organisation_code, hired.company_code), hired.company_code) as organisation_code,
    hired.employee_line,
    case hired.employee_line when 'business' then chosen('unit', hired.post_id, ['channel', 'marketing', 'key_accounts'])
        when 'technology' then chosen('unit', hired.post_id, ['development', 'data', 'operations', 'security'])
        when 'service' then chosen('unit', hired.post_id, ['contact_centre', 'claims', 'policy_service'])
        else chosen('unit', hired.post_id, ['finance', 'legal', 'audit', 'actuarial', 'human_resources']) end as department_code,
    'G' || whole('grade', hired.draw_id, 1, 4) + if(hired.employee_line = 'technology', 2, 1) as job_grade,
    chosen('contract', hired.draw_id, ['fixed_term', 'fixed_term', 'fixed_term', 'open_ended', 'dispatched']) as contract_kind,
    hired.moved_date as hired_date,
    gone.moved_date as left_date,
    -- Most who are replaced went by themselves; a post that is given up mostly ends the contract.
    case
        when gone.moved_date is null then null
        when gone.is_replaced then chosen('reason', gone.draw_id, ['voluntary', 'voluntary', 'voluntary', 'voluntary', 'contract_end', 'dismissal', 'retirement'])
        else chosen('reason', gone.draw_id, ['voluntary', 'contract_end', 'contract_end', 'redundancy', 'redundancy'])
    end as leave_reason
from ordered as hired
left join ordered as gone on gone.post_id = hired.post_id and gone.turn = hired.turn and gone.move = 'leave'
left join places on places.company_code = hired.company_code and places.place = hired.post % places.places
where hired.move = 'hire' and (gone.moved_date is null or gone.moved_date >= first_day());

create table delivery.people__employment as
with versions as (
    select employment_number, unnest([hired_date, left_date]) as updated_date from world.employment
),

known as (
    select delivered_yearly(updated_date) as dt, employment_number, max(updated_date) as updated_date from versions where updated_date is not null group by all
)

select
    known.dt,
    employment.employment_number,
    organisation_code,
    employee_line,
    department_code,
    job_grade,
    contract_kind,
    hired_date,
    case when left_date <= known.dt then left_date end as left_date,
    case when left_date <= known.dt then leave_reason end as leave_reason,
    known.updated_date
from known
inner join world.employment on employment.employment_number = known.employment_number;
