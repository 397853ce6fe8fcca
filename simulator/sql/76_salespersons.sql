-- Registrations of salespersons and of the staff of intermediaries, three years at a time, and the relatives they declared.
create table world.sales_registration as
with own_sellers as (
    select
        employee.employee_id,
        employee.employee_code,
        employee.employee_name,
        employee.organisation_code,
        least(employee.hired_date, coalesce(sales.first_date, employee.hired_date)) as from_date,
        -- A suspended agent sold nothing since.
        case when employee.left_date is not null then employee.left_date
            when employee.is_suspended and coalesce(sales.last_date, as_of() - 90) < as_of() - 5 then coalesce(sales.last_date, as_of() - 90) + 1 end as status_date,
        if(employee.left_date is not null, 'cancelled', 'suspended') as last_status,
        agent.role
    from world.employee
    left join (
        select employee_code, min(application_date) as first_date, max(issue_date) as last_date from world.policy where employee_code is not null group by all
    ) as sales on sales.employee_code = employee.employee_code
    left join world.planted_agent as agent on agent.employee_code = employee.employee_code
    where employee.employee_type = 'agent' or sales.employee_code is not null
),

terms as (
    select *, unnest(range(1, 2 + date_diff('year', from_date, as_of()) // 3)) as term
    from own_sellers
    where coalesce(role, '') not like 'registration%'
    union all
    -- Rule CR03: the first three have one term that ends, or was cancelled, around the sale 40 to 42 days ago; the fifth was
    -- suspended and registered anew two weeks before it.
    select * replace (
        case role when 'registration cancelled' then as_of() - 400 else as_of() - 41 - interval 3 year end::date as from_date,
        case role when 'registration cancelled' then as_of() - 60 end::date as status_date,
        'cancelled' as last_status
    ), 1
    from own_sellers
    where role in ('registration cancelled', 'registration expired', 'registration about to expire')
    union all
    select * replace (as_of() - 300 as from_date, as_of() - 90 as status_date, 'suspended' as last_status), 1 from own_sellers where role = 'registration was suspended'
    union all
    select * replace (as_of() - 58 as from_date, null::date as status_date), 2 from own_sellers where role = 'registration was suspended'
),

own_rows as (
    select
        'RG' || lpad((employee_id * 100 + term)::varchar, 9, '0') as registration_number,
        employee_code,
        null::varchar as intermediary_code,
        employee_name as person_name,
        if(role = 'registered elsewhere', 'LIFE_SH', organisation_code) as registered_organisation_code,
        (from_date + to_years((3 * (term - case when role = 'registration was suspended' then term else 1 end))::integer))::date as valid_from_date,
        (from_date + to_years((3 * (term - case when role = 'registration was suspended' then term else 1 end) + 3)::integer) - interval 1 day)::date as valid_to_date,
        status_date,
        last_status
    from terms
),

-- Staff of intermediaries: 5 to 44 persons, those of the planted agencies as their cases need.
staff as (
    select
        intermediary.intermediary_code,
        row_number() over (order by intermediary.intermediary_code) as intermediary_number,
        unnest(range(1, 1 + coalesce(agency.registered_persons_count, whole('staff', hash(intermediary.intermediary_code) % 100000, 5, 44)))) as person_number
    from world.intermediary
    left join world.planted_agency as agency on agency.intermediary_code = intermediary.intermediary_code
),

staff_dated as (
    select
        *,
        intermediary_number * 1000 + person_number as staff_id,
        (first_day() - whole('staff_registered', intermediary_number * 1000 + person_number, 30, 1000)::integer)::date as from_date
    from staff
),

staff_rows as (
    select *, unnest(range(1, 2 + date_diff('year', from_date, as_of()) // 3)) as term, date_diff('year', from_date, as_of()) // 3 + 1 as terms from staff_dated
),

everything as (
    select * from own_rows where status_date is null or valid_from_date <= status_date
    union all
    -- Of the sixth and later persons of an intermediary one in eight has left.
    select
        'RG9' || lpad((staff_id * 10 + term)::varchar, 9, '0'),
        null,
        intermediary_code,
        surname('staff_surname', staff_id) || given_name('staff_given', staff_id),
        null,
        (from_date + to_years((3 * term - 3)::integer))::date,
        (from_date + to_years((3 * term)::integer) - interval 1 day)::date,
        case when person_number > 5 and term = terms and uniform('staff_left', staff_id) < 0.12
            then (from_date + to_years((3 * term - 3)::integer))::date + whole('staff_left_day', staff_id, 30, 900)::integer end,
        'cancelled'
    from staff_rows
)

select * replace (case when status_date <= valid_to_date then status_date end as status_date)
from everything
where valid_from_date <= as_of();

create table delivery.compliance__sales_registration as
with versions as (
    select distinct registration_number, delivered_yearly(happened) as dt
    from (select registration_number, unnest([valid_from_date, status_date]) as happened from world.sales_registration)
    where happened <= as_of()
)

select versions.dt, registration.registration_number, employee_code, intermediary_code, person_name, registered_organisation_code,
    case when status_date <= versions.dt then last_status else 'valid' end as registration_status, valid_from_date, valid_to_date,
    case when status_date <= versions.dt then status_date end as status_date
from versions
inner join world.sales_registration as registration on registration.registration_number = versions.registration_number;

-- One to three relatives an agent; those of the planted cases are customers.
create table delivery.compliance__salesperson_relation as
with declared as (
    select
        employee_id,
        employee_code,
        hired_date,
        left_date,
        unnest(range(1, 2 + floor(3 * uniform('relatives', employee_id))::integer)) as number
    from world.employee
    where employee_type = 'agent'
),

relatives as (
    select
        employee_id * 10 + number as relation_id,
        employee_code,
        case when number = 1 and uniform('married', employee_id) < 0.7 then 'spouse' else chosen('relation', employee_id * 10 + number, ['child', 'parent', 'parent', 'sibling']) end
            as relation,
        surname('relative_surname', employee_id * 10 + number) || given_name('relative_given', employee_id * 10 + number) as relative_name,
        identity_number('9905' || lpad((1 + employee_id % 99)::varchar, 2, '0') || strftime(date '1950-01-01' + whole('relative_birth', employee_id * 10 + number, 0, 22000)::integer, '%Y%m%d')
            || lpad((employee_id * 10 + number)::varchar, 3, '0')[-3:]) as relative_id_number,
        least(hired_date + whole('declared', employee_id * 10 + number, 0, 60)::integer, coalesce(left_date, as_of()), as_of()) as declared_date
    from declared
    union all
    select 9000000 + row_number() over (order by relative.person_id), relative.employee_code, relative.relation, customer.customer_name, customer.id_number, as_of() - 320
    from world.planted_relative as relative
    inner join world.customer_record on customer_record.person_id = relative.person_id
    inner join delivery.master_data__customer as customer on customer.customer_id = customer_record.customer_id
    union all
    select 9000100 + row_number() over (order by case_number), related_employee_code, relation, party_name, id_number, as_of() - 310
    from world.planted_party
    where related_employee_code is not null
)

select delivered_yearly(declared_date) as dt, 'RL' || lpad(relation_id::varchar, 8, '0') as relation_number, employee_code, relation, relative_name, relative_id_number, declared_date
from relatives;
