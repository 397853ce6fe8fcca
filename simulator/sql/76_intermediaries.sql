-- What binds an intermediary: agreements, authorised regions and products, liability insurance and deposit.
create table world.intermediary_agreement as
with terms as (
    select
        intermediary.intermediary_code,
        intermediary.intermediary_type,
        agency.agreement_days_left,
        coalesce(agency.is_renewed, false) as is_renewed,
        hash(intermediary.intermediary_code) % 100000 as draw_id,
        if(intermediary.intermediary_type in ('bank', 'platform'), 3, 2) as years,
        coalesce(agency.outlets_count, case intermediary.intermediary_type when 'bank' then whole('outlets', hash(intermediary.intermediary_code) % 100000, 60, 400)
            else whole('outlets', hash(intermediary.intermediary_code) % 100000, 2, 30) end)::integer as outlets_count
    from world.intermediary
    left join world.planted_agency as agency on agency.intermediary_code = intermediary.intermediary_code
),

-- Agreements follow each other up to the present one, which holds for months unless the case says otherwise.
chains as (
    select
        *,
        as_of() + coalesce(agreement_days_left, 75 + whole('agreement_left', draw_id, 0, 600))::integer as last_day,
        unnest(range(if(is_renewed, -1, 0), 1 + ceil((date_diff('day', first_day(), as_of()) + 700) / (365.25 * years))::integer)) as terms_ago
    from terms
),

dated as (
    select
        *,
        (last_day - to_years((years * terms_ago)::integer))::date as valid_to_date,
        (last_day - to_years((years * (terms_ago + 1))::integer) + interval 1 day)::date as valid_from_date,
        draw_id * 10 + terms_ago + 1 as agreement_id
    from chains
),

signed as (
    select *, case when terms_ago = -1 then as_of() - 15 else valid_from_date - whole('agreement_signed', agreement_id, 5, 40)::integer end as signed_date
    from dated
)

select
    'AG-' || intermediary_code || '-' || strftime(valid_from_date, '%Y%m') as agreement_number,
    *,
    lead(signed_date) over (partition by intermediary_code order by valid_from_date) as renewal_signed_date,
    (0.02 * whole('agreement_commission', agreement_id, 2, 18))::decimal(9, 6) as maximum_commission_ratio
from signed
where valid_to_date >= first_day() - 30;

create table delivery.compliance__intermediary_agreement as
with versions as (
    select distinct agreement_number, delivered_yearly(happened) as dt
    from (select agreement_number, unnest([signed_date, renewal_signed_date]) as happened from world.intermediary_agreement)
    where happened <= as_of()
)

select versions.dt, agreement.agreement_number, intermediary_code, signed_date, valid_from_date, valid_to_date,
    case when renewal_signed_date <= versions.dt then renewal_signed_date end as renewal_signed_date, outlets_count, maximum_commission_ratio
from versions
inner join world.intermediary_agreement as agreement on agreement.agreement_number = versions.agreement_number;

-- Intermediaries are authorised for what they sell and where; the agency of rule CR04 for less than it sold.
create table world.intermediary_authorisation as
with sold as (
    select intermediary_code, 'product' as authorisation_kind, product_code as authorised_code, max(issue_date) as last_date
    from world.policy where intermediary_code is not null and intermediary_code <> 'AGENCY57' group by all
    union all
    select policy.intermediary_code, 'region', organisation.region_code, max(policy.issue_date)
    from world.policy
    inner join world.organisation on organisation.organisation_code = policy.organisation_code
    where policy.intermediary_code is not null and policy.intermediary_code <> 'AGENCY57' group by all
),

planted as (
    select issue_date, case_number from world.planted_policy where case_number in (4004, 4005)
)

select *, hash(intermediary_code || authorised_code) % 1000000 as draw_id
from (
    select
        intermediary_code, authorisation_kind, authorised_code,
        first_day() - whole('authorised', hash(intermediary_code || authorised_code) % 1000000, 30, 300)::integer as valid_from_date,
        case when uniform('authorisation_ends', hash(intermediary_code || authorised_code) % 1000000) < 0.3 and last_date < as_of() - 45 then last_date + 30 end as valid_to_date
    from sold
    union all
    select 'AGENCY57', 'region', '110000', first_day() - 50, null
    union all
    select 'AGENCY57', 'product', 'LIFE_WHOLE', first_day() - 50, null
    union all
    select 'AGENCY57', 'product', 'ANNUITY_PENSION', first_day() - 50, issue_date from planted where case_number = 4004
    union all
    select 'AGENCY57', 'product', 'LIFE_UNIVERSAL', issue_date + 1, null from planted where case_number = 4005
);

create table delivery.compliance__intermediary_authorisation as
with versions as (
    select distinct intermediary_code, authorised_code, delivered_yearly(happened) as dt
    from (select intermediary_code, authorised_code, unnest([valid_from_date, valid_to_date]) as happened from world.intermediary_authorisation)
    where happened <= as_of()
)

select versions.dt, versions.intermediary_code, authorisation_kind, versions.authorised_code, valid_from_date,
    case when valid_to_date <= versions.dt then valid_to_date end as valid_to_date
from versions
inner join world.intermediary_authorisation as authorisation
    on authorisation.intermediary_code = versions.intermediary_code and authorisation.authorised_code = versions.authorised_code;

-- A year at a time; banks need no deposit.
create table world.intermediary_security as
with wanted as (
    select
        intermediary.intermediary_code,
        kinds.security_kind,
        hash(intermediary.intermediary_code || kinds.security_kind) % 1000000 as draw_id,
        case when agency.insurance_case in (kinds.security_kind, 'renewed') and (agency.insurance_case <> 'renewed' or kinds.security_kind = 'professional_liability')
            then agency.insurance_days_left end as days_left,
        agency.insurance_case = 'renewed' and kinds.security_kind = 'professional_liability' as is_renewed
    from world.intermediary
    cross join (values ('professional_liability'), ('deposit')) as kinds(security_kind)
    left join world.planted_agency as agency on agency.intermediary_code = intermediary.intermediary_code
    where kinds.security_kind = 'professional_liability' or intermediary.intermediary_type in ('agency', 'broker')
),

years as (
    select
        *,
        unnest(range(if(is_renewed, -1, 0), 1 + date_diff('year', first_day(), as_of()))) as years_ago,
        as_of() + coalesce(days_left, 40 + whole('security_left', draw_id, 0, 300))::integer as last_day
    from wanted
)

select
    'IS-' || upper(left(security_kind, 1)) || '-' || intermediary_code || '-' || strftime((last_day - to_years(years_ago::integer))::date, '%Y%m') as security_number,
    intermediary_code,
    security_kind,
    days_left,
    (if(security_kind = 'deposit', 200000, 1000000) * (1 + floor(5 * uniform('security_amount', draw_id * 20 + years_ago + 1))))::decimal(18, 2) as secured_amount,
    company_name('security_provider', draw_id) as provider_name,
    (last_day - to_years((years_ago + 1)::integer) + interval 1 day)::date - case when years_ago = -1 then 20 else whole('security_signed', draw_id * 20 + years_ago, 3, 25) end::integer
        as signed_date,
    (last_day - to_years((years_ago + 1)::integer) + interval 1 day)::date as valid_from_date,
    (last_day - to_years(years_ago::integer))::date as valid_to_date
from years;

create table delivery.compliance__intermediary_insurance as
select delivered_yearly(signed_date) as dt, security_number, intermediary_code, security_kind, secured_amount, provider_name, signed_date, valid_from_date, valid_to_date
from world.intermediary_security
where signed_date <= as_of();
