-- How, where and by whom a loss was reported, and the repair shops that take the cars.
create table world.repair_shop as
with counts as (
    -- About sixty cars a shop over the history: no shop reports five of its customers in a month by chance.
    select greatest(24, count(*) // 60) as shops from world.claim where claim_type like 'motor%'
),

shops as (
    select unnest(range(1, shops + 1)) as shop_id, null as note from counts
    union all
    select unnest([9001, 9002, 9003]), 'planted'
)

select
    shop_id,
    'SH' || lpad(shop_id::varchar, 4, '0') as repair_shop_code,
    chosen('shop_first', shop_id, ['顺达', '广源', '鑫诚', '驰远', '祥瑞', '路安']) || chosen('shop_second', shop_id, ['汽修', '汽车服务', '钣喷中心']) || shop_id::varchar as repair_shop_name,
    (list_extract(branches, 1 + (floor(uniform('shop_branch', shop_id) * len(branches)))::integer)) as organisation_code,
    mobile('108', shop_id) as drawn_contact,
    uniform('shop_grade', shop_id) < 0.3 as is_brand_dealer,
    first_day() - whole('shop_since', shop_id, 10, 1500)::integer as cooperation_date
from shops
cross join (
    select list(organisation_code order by organisation_code) as branches from world.organisation where company_type = 'property' and organisation_level = 2
) as places;

-- Who handles claims: the service staff of the company who were there from the start and still are.
create table world.claim_handler as
select
    company.organisation_code as company_code, employee.employee_code, employee.mobile_number,
    row_number() over handlers as position,
    count(*) over (partition by company.organisation_code) as handlers
from world.organisation as company
inner join world.employee
    on employee.employee_type = 'service' and employee.left_date is null and employee.hired_date < first_day()
    and (employee.organisation_code = company.organisation_code
        or company.organisation_code not in (select organisation_code from world.employee where employee_type = 'service' and left_date is null and hired_date < first_day()))
where company.organisation_level = 1
window handlers as (partition by company.organisation_code order by employee.employee_id);

create table world.claim_circumstance as
with handled as (
    select
        claim.*,
        claim.claim_type like 'motor%' as is_motor,
        claim_handler.employee_code as handler_employee_code,
        claim_handler.mobile_number as handler_mobile_number,
        policy_party.id_number as insured_id_number,
        uniform('accident_kind', claim.claim_id) as kind_draw,
        case
            when case_number in (101, 102, 103, 105) then 'single_vehicle'
            when case_number is not null and claim_type like 'motor%' then 'collision'
            when claim_type like 'motor%' then chosen('accident_kind', claim.claim_id,
                ['collision', 'collision', 'collision', 'rear_end', 'rear_end', 'scratch', 'scratch', 'single_vehicle', 'single_vehicle', 'glass', 'parked'])
            when claim_type in ('medical', 'critical_illness', 'death') then case when uniform('accident_kind', claim.claim_id) < 0.93 then 'illness' else 'traffic' end
            when claim_type = 'accident' then chosen('accident_kind', claim.claim_id, ['fall', 'fall', 'traffic', 'sport', 'work', 'animal'])
            else chosen('accident_kind', claim.claim_id, ['water', 'fire', 'theft', 'storm'])
        end as accident_kind
    from world.claim
    left join world.claim_handler on claim_handler.company_code = claim.company_code
        and claim_handler.position = 1 + floor(uniform('handler', claim.claim_id) * claim_handler.handlers)::bigint
    left join world.policy_party on policy_party.policy_id = claim.policy_id and policy_party.party_role = 'insured' and starts_with(policy_party.party_number, 'I')
    where not claim.is_micro
),

shops as (
    select count(*) as shops from world.repair_shop where shop_id < 9000
)

select
    handled.*,
    coalesce(accident_kind in ('collision', 'rear_end') or (accident_kind = 'traffic' and kind_draw > 0.5), false) as has_third_party,
    coalesce(case_number = 201, false) as has_left_scene,
    coalesce(case_number = 201 or claim_type in ('motor_injury', 'death') or accident_kind = 'theft' or uniform('police', claim_id) < 0.22, false) as has_police_report,
    case case_number
        when 201 then '夜间与护栏碰撞后驶离现场，次日报案'
        when 204 then '停车被刮，现场等候查勘，交警已到'
        else case accident_kind
            when 'collision' then '变道时与三者车碰撞' when 'rear_end' then '追尾前车' when 'scratch' then '倒车刮擦' when 'single_vehicle' then '碰撞路边固定物'
            when 'glass' then '飞石击碎挡风玻璃' when 'parked' then '停放期间受损' when 'illness' then '因病就诊' when 'traffic' then '交通意外受伤' when 'fall' then '摔倒受伤'
            when 'sport' then '运动受伤' when 'work' then '工作中受伤' when 'animal' then '被宠物咬伤' else '财产受损' end
        || chosen('remark', claim_id, ['', '，已拍照', '，现场已清理', '，等待指引'])
    end as loss_description,
    case case_number when 202 then 5.1 when 203 then 5.0
        else case when is_motor then round(least(lognormal('report_distance', claim_id, 0.8, 0.9), 4.9), 1) end end::decimal(9, 1) as report_distance_km,
    -- Nine in ten who report late say why: on a trip, in hospital, waiting for the other side.
    case when (case_number is null and date_diff('second', accident_at, reported_at) > case when is_motor then 172800 else 864000 end
        and uniform('late_reason', claim_id) < 0.9) or case_number in (503, 1601, 1602, 1603)
        then chosen('late_reason_text', claim_id, ['住院未能及时报案', '外地出差', '等待对方保险处理', '发票后补']) end as late_report_reason,
    case
        when case_number in (1003, 1004, 1101, 1102, 1103) then mobile('107', case_number)
        -- Six of the ring in pairs: phone, account and device link each to three others. The chains know phone and account only.
        when case_number in (2401, 2402, 2403, 2404) then mobile('107', case_number * 10 + occurrence_number // 2)
        when case_number = 2601 then handler_mobile_number
        when case_number = 2603 then (select mobile_number from world.employee where employee_type = 'office' order by employee_id limit 1)
        else mobile('106', policy_id)
    end as reporter_mobile_number,
    case when case_number in (1003, 1004, 1103) then identity_number('9906' || '01' || '19790412' || lpad((case_number % 1000)::varchar, 3, '0')) else insured_id_number end as reporter_id_number,
    case
        when case_number in (2801, 2802, 2803) then 'DV' || upper(left(md5('device of case ' || case_number), 16))
        when case_number in (2401, 2404) then 'DV' || upper(left(md5('ring' || case_number || '/' || occurrence_number % case case_number when 2401 then 3 else 2 end), 16))
        when report_method in ('app', 'wechat') then 'DV' || upper(left(md5('device' || policy_id), 16))
    end as device_fingerprint_code,
    report_method in ('app', 'wechat') as is_self_service,
    case when is_motor then case case_number when 1001 then 'SH9001' when 1002 then 'SH9002' when 2602 then 'SH9003'
        else 'SH' || lpad((1 + floor(uniform('shop', claim_id) * shops.shops))::bigint::varchar, 4, '0') end end as repair_shop_code,
    case when is_motor then coalesce(case_number in (1001, 1002), uniform('shop_reports', claim_id) < 0.04) end as is_reported_by_shop,
    -- No ordinary claim lies within a tenth above its deductible.
    case
        when case_number between 2701 and 2704 then 1000
        when claimed_amount between 300 and 330 or case_number is not null then 0
        when claim_type in ('motor_damage', 'medical', 'property_damage') and uniform('deductible', claim_id) < 0.3 then 300
        else 0
    end::decimal(18, 2) as deductible_amount,
    -- Each loss of a car damages another of twelve zones, but for case 602.
    case when is_motor then chosen_zone.zones[1 + ((policy_id * 5 + case when case_number = 602 then 0 else occurrence_number * 5 end) % 12)::integer] end as damaged_zone
from (select *, occurrence::integer as occurrence_number from handled) as handled
cross join shops
cross join (
    select ['front_bumper', 'rear_bumper', 'left_front_door', 'right_front_door', 'left_rear_door', 'right_rear_door', 'bonnet', 'boot', 'windscreen', 'left_lamp', 'right_lamp', 'roof'] as zones
) as chosen_zone;

create table delivery.claims__claim_circumstance as
select
    delivered_monthly(reported_date) as dt, claim_number, reported_date, accident_at, accident_kind, has_third_party, is_injury, has_left_scene, has_police_report,
    loss_description, report_distance_km, late_report_reason, reporter_id_number, reporter_mobile_number, device_fingerprint_code, is_self_service,
    repair_shop_code, is_reported_by_shop, handler_employee_code, deductible_amount, damaged_zone
from world.claim_circumstance;

-- The contact of shop SH9003 gave the number of the person who handles its claim.
create table delivery.claims__repair_shop as
select
    delivered_yearly(cooperation_date) as dt, repair_shop_code, repair_shop_name, organisation_code,
    case when repair_shop_code = 'SH9003' then coalesce((select max(handler_mobile_number) from world.claim_circumstance where case_number = 2602), drawn_contact) else drawn_contact end as contact_mobile_number,
    is_brand_dealer, cooperation_date
from world.repair_shop;
