-- What supervisors and the compliance office record: penalties, consumer-protection assessments, reviews of sales material, exports.
create table delivery.compliance__regulatory_penalty as
with wishes as (
    select unnest(range(1, sized(16 * years_of_history()) + 3)) as penalty_id
),

drawn as (
    select
        penalty_id,
        legal_unit.organisation_code,
        first_day() + 15 + floor(uniform('penalty_day', penalty_id) * (date_diff('day', first_day(), as_of()) - 15))::integer as decided_date,
        if(uniform('penalty_person', penalty_id) < 0.45, 'person', 'institution') as penalised_kind,
        chosen('penalty_reason', penalty_id, ['false_expenses', 'false_expenses', 'misleading_sale', 'rates_not_as_filed', 'rates_not_as_filed', 'benefits_outside_contract', 'unregistered_sales',
            'anti_money_laundering', 'untrue_reports']) as reason_code
    from wishes
    inner join world.legal_unit on legal_unit.position = 1 + floor(uniform('penalty_unit', penalty_id) * legal_unit.positions)::bigint
)

select
    delivered_yearly(decided_date) as dt, 'PN' || strftime(decided_date, '%Y') || lpad(penalty_id::varchar, 5, '0') as penalty_number, organisation_code, penalised_kind, reason_code,
    chosen('penalty_regulator', penalty_id, ['insurance_regulator', 'insurance_regulator', 'insurance_regulator', 'central_bank', 'market_supervision']) as regulator_kind,
    case when uniform('penalty_warning', penalty_id) < 0.2 then 0
        else 1000 * round(if(penalised_kind = 'person', lognormal('penalty_amount', penalty_id, 30, 0.6), lognormal('penalty_amount', penalty_id, 220, 0.7))) end::decimal(18, 2) as penalty_amount,
    decided_date
from drawn;

-- Assessed each spring for the year before: five parts of 100 and what inspections take off. Better by a point a year; branches differ.
create table delivery.compliance__consumer_protection_assessment as
with years as (
    select unnest(range(year(first_day()), year(as_of())))::integer as assessment_year
),

units as (
    select years.assessment_year, legal_unit.organisation_code, legal_unit.position * 10000 + years.assessment_year as unit_year, legal_unit.position,
        make_date(years.assessment_year + 1, 5, 10 + (legal_unit.position % 15)::integer) as assessed_date,
        74 + (years.assessment_year - 2014) * 0.9 + 4 * normal('protection_unit', legal_unit.position) as level
    from years
    cross join world.legal_unit
    where legal_unit.company_type in ('life', 'property')
)

select
    delivered_yearly(assessed_date) as dt, organisation_code, assessment_year, assessed_date,
    round(clamped(level + 5 + 4 * normal('protection_governance', unit_year), 40, 100), 1)::decimal(5, 1) as governance_score,
    round(clamped(level + 2 + 4 * normal('protection_mechanism', unit_year), 40, 100), 1)::decimal(5, 1) as mechanism_score,
    round(clamped(level + 5 * normal('protection_service', unit_year), 40, 100), 1)::decimal(5, 1) as service_score,
    round(clamped(level + 7 + 4 * normal('protection_education', unit_year), 40, 100), 1)::decimal(5, 1) as education_score,
    round(clamped(level - 2 + 6 * normal('protection_dispute', unit_year), 40, 100), 1)::decimal(5, 1) as dispute_score,
    case when uniform('protection_deducted', unit_year) < 0.3 then round(clamped(lognormal('protection_deduction', unit_year, 2.5, 0.8), 0.5, 25), 1) else 0 end::decimal(5, 1) as deduction_score
from units
where assessed_date <= as_of();

-- Material is used only after both reviews; one in fourteen is refused and never used.
create table delivery.compliance__material_review as
with wishes as (
    select unnest(range(1, sized(150 * years_of_history()) + 1)) as material_id
),

drawn as (
    select
        material_id,
        on_a_weekday(first_day() + floor(uniform('material_day', material_id) * date_diff('day', first_day(), as_of()))::integer) as submitted_date,
        uniform('material_refused', material_id) < 0.07 as is_refused,
        chosen('material_kind', material_id, ['poster', 'brochure', 'video', 'wechat_post', 'wechat_post', 'online_page', 'online_page', 'training_slides']) as material_kind
    from wishes
),

reviewed as (
    select
        *,
        working_days_after(submitted_date, whole('material_review', material_id, 1, 6)) as reviewed_date,
        working_days_after(submitted_date, whole('material_review', material_id, 1, 6) + whole('material_publish', material_id, 0, 12)) as published_date
    from drawn
),

-- Only what is on sale is advertised.
products as (
    select
        drawn.material_id,
        product.organisation_code,
        product.product_code
    from drawn
    inner join world.product on product.launched_date <= drawn.submitted_date
    where product.is_insurance_contract
    qualify row_number() over (partition by drawn.material_id order by uniform('material_product/' || product.product_code, drawn.material_id)) = 1
),

versions as (
    select distinct material_id, delivered_yearly(happened) as dt
    from (select material_id, unnest([submitted_date, reviewed_date, case when not is_refused then published_date end]) as happened from reviewed)
    where happened <= as_of()
)

select
    versions.dt,
    'MR' || lpad(reviewed.material_id::varchar, 7, '0') as material_number,
    material_kind,
    products.organisation_code,
    products.product_code,
    submitted_date,
    case when reviewed_date > versions.dt then 'pending' when is_refused then 'refused' else 'approved' end as review_result,
    case when reviewed_date <= versions.dt then reviewed_date end as reviewed_date,
    case when reviewed_date <= versions.dt and not is_refused then 'XB' || lpad(reviewed.material_id::varchar, 7, '0') end as consumer_review_number,
    case when reviewed_date <= versions.dt and not is_refused then 'HG' || lpad((3 * reviewed.material_id)::varchar, 7, '0') end as compliance_approval_number,
    case when published_date <= versions.dt and not is_refused then published_date end as published_date
from versions
inner join reviewed on reviewed.material_id = versions.material_id
inner join products on products.material_id = versions.material_id;

-- Exports of customer data. Nobody exports more than 480 records a day or 45 outside working hours (8:30 to 18:00, Monday to
-- Friday), the cases of rule CR44 apart.
create table world.data_export as
with accounts as (
    select employee_code, row_number() over (order by employee_code) as position, count(*) over () as positions
    from world.employee
    where employee_type in ('service', 'office') and left_date is null and hired_date < first_day()
),

wishes as (
    select unnest(range(1, sized(1100 * years_of_history()) + 1)) as export_id
),

drawn as (
    select
        wishes.export_id,
        accounts.employee_code,
        first_day() + floor(uniform('export_day', export_id) * date_diff('day', first_day(), as_of()))::integer as some_day,
        uniform('export_late', export_id) < 0.04 as is_late
    from wishes
    inner join accounts on accounts.position = 1 + floor(uniform('export_account', wishes.export_id) ** 2 * accounts.positions)::bigint
),

placed as (
    select *, if(is_late, some_day, on_a_weekday(some_day)) as export_date,
        row_number() over (partition by employee_code, if(is_late, some_day, on_a_weekday(some_day)) order by export_id) as number_of_day
    from drawn
)

select
    export_id, employee_code, uniform('export_personal', export_id) < 0.7 as has_personal_data, null::integer as case_number,
    day_start(export_date) + to_seconds(if(is_late, 18 * 3600 + 5 * whole('export_second', export_id, 1, 4000), 8 * 3600 + 1800 + whole('export_second', export_id, 0, 34000))::bigint) as exported_at,
    case when is_late then whole('export_records', export_id, 1, 15) else clamped(lognormal('export_records', export_id, 35, 0.9), 1, 160) end::integer as records_count
from placed
where number_of_day <= 3
union all
select
    900000 + case_number * 10 + part, (select employee_code from accounts where position = 1 + case_number % positions), has_personal_data, case_number,
    day_start(on_a_weekday(as_of() - days_ago::integer)) + exported_after, records_count
from (
    values
    (44001, 1, 31, interval '10 hours', 501, true), (44002, 1, 32, interval '11 hours', 500, true), (44003, 1, 33, interval '9 hours', 300, true),
    (44003, 2, 33, interval '16 hours', 250, true), (44004, 1, 34, interval '21 hours', 51, true), (44005, 1, 38, interval '22 hours', 50, true),
    (44006, 1, 39, interval '14 hours', 800, false), (44007, 1, 40, interval '17 hours 59 minutes 59 seconds', 60, true), (44008, 1, 45, interval '18 hours', 60, true)
) as cases(case_number, part, days_ago, exported_after, records_count, has_personal_data);

-- Nothing else was exported by the account on the day of a planted case.
delete from world.data_export
where case_number is null and (employee_code, exported_at::date) in (select (employee_code, exported_at::date) from world.data_export where case_number is not null);

create table delivery.security__data_export_log as
select
    delivered_quarterly(exported_at::date) as dt, 'EX' || lpad(export_id::varchar, 8, '0') as export_number, employee_code, exported_at, exported_at::date as exported_date, records_count,
    has_personal_data, chosen('export_purpose', export_id, ['renewal_reminder', 'claims_review', 'regulatory_report', 'campaign', 'audit', 'data_quality']) as export_purpose,
    uniform('export_approved', export_id) < 0.93 as is_approved
from world.data_export;
