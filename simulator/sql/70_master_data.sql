-- What the companies know of their customers, under slightly different details, and the other master data as delivered.
create table world.customer as
with activity as (
    select customer_id, application_date as happened from world.policy
    union all
    select customer_id, order_date from world.payment_order
    union all
    select customer_id, application_date from world.loan
    union all
    select customer_id, contact_date from world.contact where customer_id is not null
),

first_activity as (
    select customer_id, min(happened) as first_date from activity group by customer_id
),

details as (
    select
        customer_record.*,
        customer_record.person_id * 4 + case company_code when 'LIFE' then 0 when 'PROP' then 1 when 'PAY' then 2 else 3 end as record_id,
        person.birth_date,
        person.gender,
        person.household,
        coalesce(person.shares_mobile, false) as shares_mobile,
        first_activity.first_date,
        borrowed_mobile.mobile_number as borrowed_mobile_number,
        lender.id_number as own_employee_id_number,
        lender.employee_name as own_employee_name
    from world.customer_record
    left join world.person on person.person_id = customer_record.person_id
    left join first_activity on first_activity.customer_id = customer_record.customer_id
    left join world.borrowed_mobile on borrowed_mobile.person_id = customer_record.person_id
    left join world.employee as lender on lender.employee_id = borrowed_mobile.same_person_employee_id
),

dated as (
    select
        *,
        least(coalesce(first_date, as_of()), as_of() - 31 - floor(2600 * uniform('registered', record_id))::integer, as_of()) as registered_date
    from details
)

select
    *,
    -- One in twelve changed number or address since; the record is delivered again that day.
    case when not is_planted and uniform('moved', record_id) < 0.085
        then registered_date + 1 + floor(uniform('moved_day', record_id) * (as_of() - registered_date))::integer end as changed_date,
    uniform('older_mobile', record_id) < 0.12 and company_code <> 'LIFE' as gave_older_mobile
from dated;

create table delivery.master_data__customer as
with versions as (
    select customer_id, unnest([registered_date, changed_date]) as updated_date from world.customer
)

select
    delivered_on(versions.updated_date) as dt,
    customer.customer_id,
    company_code as organisation_code,
    case when is_legal then 'legal' else 'natural' end as customer_type,
    case
        when is_legal then chosen('company_city', record_id, ['云州', '海临', '江浦', '东岭']) || chosen('company_word', record_id, ['启辰', '和顺', '万川', '瑞禾', '明拓'])
            || record_id::varchar || chosen('company_kind', record_id, ['商贸有限公司', '物流有限公司', '科技有限公司'])
        when own_employee_name is not null then own_employee_name
        else surname('surname', customer.person_id) || case when uniform('name_variant', record_id) < 0.03 and company_code <> 'LIFE'
            then given_name('given_variant', record_id) else given_name('given', customer.person_id) end
    end as customer_name,
    case
        when is_legal or (company_code = 'PROP' and not is_planted and uniform('id_known', record_id) < 0.04) then null
        when own_employee_id_number is not null then own_employee_id_number
        else identity_number('9901' || lpad((1 + (customer.person_id // 450) % 99)::varchar, 2, '0') || strftime(customer.birth_date, '%Y%m%d')
            || lpad((2 * (customer.person_id % 450) + (gender = 'male')::integer)::varchar, 3, '0'))
    end as id_number,
    case
        when is_legal then mobile('103', customer.person_id)
        when borrowed_mobile_number is not null then borrowed_mobile_number
        when shares_mobile then mobile('102', household)
        when versions.updated_date < changed_date then mobile('105', record_id)
        when gave_older_mobile then mobile('101', customer.person_id)
        when is_planted then mobile('102', customer.person_id)
        else mobile('100', customer.person_id)
    end as mobile_number,
    case when uniform('email_known', record_id) < 0.62 then 'customer' || customer.person_id || '@' || chosen('email_host', record_id, ['example.com', 'example.org', 'example.net']) end as email_address,
    case when uniform('address_known', record_id) < 0.93 then
        chosen('city', customer.person_id, ['云州市', '海临市', '江浦市', '东岭市', '白川市']) || case when company_code = 'PROP' then '' else ' ' end
        || chosen('street', record_id // case when versions.updated_date < changed_date then 2 else 1 end, ['长乐路', '望湖街', '青枫大道', '文汇路', '南塘巷'])
        || (1 + customer.person_id % 880)::varchar || '号' end as postal_address,
    customer.birth_date,
    case when is_legal then null when uniform('gender_known', record_id) < 0.03 then 'unknown' else gender end as gender,
    case when household is not null then 'H' || lpad(household::varchar, 8, '0') end as household_code,
    registered_date,
    versions.updated_date
from versions
inner join world.customer on customer.customer_id = versions.customer_id
where versions.updated_date is not null
-- Of two versions on one delivery day the later stands.
qualify row_number() over (partition by customer.customer_id, delivered_on(versions.updated_date) order by versions.updated_date desc) = 1;

create table delivery.master_data__organisation as
select
    first_day() as dt,
    organisation_code,
    case organisation_code when 'LIFE_SX' then '智舱人寿山西筹备处' else organisation_name_zh end as organisation_name_zh,
    case organisation_code when 'LIFE_SX' then 'Zhicang Life Shanxi Preparatory Office' else organisation_name_en end as organisation_name_en,
    parent_organisation_code,
    organisation_level,
    company_type,
    region_code,
    first_day() - 30 as updated_date
from world.organisation
union all
-- Renamed at the turn of the year: until then a preparatory office.
select (date_trunc('year', as_of()) + interval 3 month - interval 1 day)::date, organisation_code, organisation_name_zh, organisation_name_en,
    parent_organisation_code, organisation_level, company_type, region_code, date_trunc('year', as_of())::date + 4
from world.organisation
where organisation_code = 'LIFE_SX';

create table delivery.master_data__channel as
select first_day() as dt, channel_code, channel_name_zh, channel_name_en, parent_channel_code, channel_group,
    first_day() - case when parent_channel_code is null then 700 else 200 end as updated_date
from world.channel;

create table delivery.master_data__product as
select delivered_on(launched_date) as dt, product_code, product_name_zh, product_name_en, product_line, organisation_code, design_type, is_insurance_contract, is_long_term,
    is_micro_premium, launched_date, launched_date as updated_date
from world.product;

create table delivery.master_data__intermediary as
select first_day() as dt, intermediary_code, intermediary_name_zh, intermediary_name_en, intermediary_type, organisation_code, channel_code,
    first_day() - 60 - 10 * row_number() over (order by intermediary_code)::integer as updated_date
from world.intermediary;

create table delivery.master_data__intermediary_licence as
with versions as (
    -- The three years before, as known when history begins, then the licence that holds today.
    select licence_number, (issued_date - interval 3 year)::date as issued_date, issued_date - 1 as expiry_date, (issued_date - interval 3 year)::date as updated_date
    from world.intermediary_licence
    where intermediary_code <> 'PLATFORM02'
    union all
    select licence_number, (as_of() + 20 - interval 3 year)::date, as_of() + 20, (as_of() + 20 - interval 3 year)::date
    from world.intermediary_licence
    where intermediary_code = 'PLATFORM02'
    union all
    select licence_number, case when intermediary_code = 'PLATFORM02' then as_of() - 12 else issued_date end, expiry_date,
        case when intermediary_code = 'PLATFORM02' then as_of() - 12 else issued_date end
    from world.intermediary_licence
)

select
    delivered_on(versions.updated_date) as dt,
    versions.licence_number,
    intermediary_code,
    licence_type,
    versions.issued_date,
    versions.expiry_date,
    versions.updated_date
from versions
inner join world.intermediary_licence on intermediary_licence.licence_number = versions.licence_number
qualify row_number() over (partition by versions.licence_number, delivered_on(versions.updated_date) order by versions.updated_date desc) = 1;

create table delivery.master_data__employee as
with changes as (
    select employee_code, unnest([hired_date, left_date]) as updated_date from world.employee
)

select
    delivered_on(changes.updated_date) as dt,
    employee.employee_code,
    employee_name,
    id_number,
    mobile_number,
    employee_type,
    organisation_code,
    channel_code,
    case when employee_type <> 'agent' then 'not_required' when left_date <= changes.updated_date then 'cancelled' when is_suspended then 'suspended' else 'valid' end as registration_status,
    hired_date,
    case when left_date <= changes.updated_date then left_date end as left_date,
    changes.updated_date
from changes
inner join world.employee on employee.employee_code = changes.employee_code
where changes.updated_date is not null
qualify row_number() over (partition by employee.employee_code, delivered_on(changes.updated_date) order by changes.updated_date desc) = 1;
