-- Treatments behind claims for people, what investigators found in earlier records, the hospitals, and enquiries at the industry's platform.
create table world.hospital as
with counts as (
    -- About fifteen claims a hospital over the history keep every month of every one below eight.
    select greatest(20, count(*) // 15) as hospitals from world.claim where claim_type in ('medical', 'accident', 'critical_illness', 'motor_injury')
),

hospitals as (
    select unnest(range(1, hospitals + 1)) as hospital_id from counts
    union all
    select unnest([9001, 9002])
)

select
    hospital_id,
    'HP' || lpad(hospital_id::varchar, 4, '0') as hospital_code,
    chosen('hospital_first', hospital_id, ['云州', '海临', '江浦', '东岭', '白川']) || chosen('hospital_second', hospital_id, ['康宁', '仁和', '同心', '博雅']) || hospital_id::varchar || chosen('hospital_third', hospital_id, ['医院', '骨科医院', '人民医院']) as hospital_name,
    1 + floor(3 * uniform('hospital_level', hospital_id))::integer as hospital_level,
    uniform('hospital_public', hospital_id) < 0.7 as is_public,
    first_day() - whole('hospital_since', hospital_id, 10, 1500)::integer as listed_date
from hospitals;

create table world.medical_treatment as
with claims as (
    select
        claim_circumstance.*,
        case
            when case_number in (1601, 1602) then 'sprain'
            when case_number = 1603 then 'fracture'
            when case_number between 1401 and 1405 then 'circulatory'
            when claim_type in ('accident', 'motor_injury') then chosen('injury_group', claim_id, ['superficial_injury', 'superficial_injury', 'sprain', 'sprain', 'fracture', 'fracture', 'burn'])
            when claim_type = 'critical_illness' then chosen('illness_group', claim_id, ['neoplasm', 'neoplasm', 'circulatory', 'nervous'])
            else chosen('illness_group', claim_id, ['respiratory', 'respiratory', 'digestive', 'digestive', 'circulatory', 'neoplasm', 'musculoskeletal', 'urinary'])
        end as diagnosis_group
    from world.claim_circumstance
    where claim_type in ('medical', 'accident', 'critical_illness', 'motor_injury')
),

stays as (
    select
        *,
        coalesce(case_number between 1601 and 1604, false) or claim_type = 'critical_illness' or uniform('inpatient', claim_id) < 0.2 + 0.5 * (claimed_amount > 3000)::integer as is_inpatient,
        case
            when case_number = 1301 then effective_date - 1
            when case_number = 1305 then effective_date
            else loss_date + case when claim_type = 'medical' then 0 else whole('first_visit', claim_id, 0, 1)::integer end
        end as first_visit_date,
        case case_number
            when 1601 then 20 when 1602 then 19 when 1603 then 25 when 1604 then 9
            -- Light injuries are out within ten days, whatever the ward.
            else clamped(round(lognormal('stay', claim_id, case diagnosis_group when 'fracture' then 11 when 'neoplasm' then 14 when 'sprain' then 4 when 'superficial_injury' then 3 else 7 end, 0.45)), 1,
                case when diagnosis_group in ('sprain', 'superficial_injury') then 10 else 60 end)
        end::integer as stay_days
    from claims
),

-- Records come with the documents, so a stay has ended by then.
known as (
    select
        stays.* exclude (first_visit_date, stay_days),
        least(stays.first_visit_date, greatest(claim_stage.occurred_at::date, stays.reported_date)) as first_visit_date,
        greatest(claim_stage.occurred_at::date, stays.reported_date) as recorded_date,
        least(stays.first_visit_date + (stays.claim_type = 'medical' and case_number is null)::integer, greatest(claim_stage.occurred_at::date, stays.reported_date)) as admitted_day,
        stay_days
    from stays
    inner join world.claim_stage on claim_stage.claim_id = stays.claim_id and claim_stage.stage = 'documents_complete'
),

hospital_count as (
    select count(*) as hospitals from world.hospital where hospital_id < 9000
),

placed as (
    select
        *,
        case when case_number = 2001 then 'HP9001' when case_number = 2002 then 'HP9002'
            else 'HP' || lpad((1 + floor(uniform('hospital', claim_id) * hospitals))::bigint::varchar, 4, '0') end as hospital_code,
        case case_number when 1901 then 100.1 when 1902 then 100.0 when 1903 then 300.0
            else case when uniform('referred', claim_id) < 0.04 then round(110 + 900 * uniform('far', claim_id), 1) else round(least(lognormal('distance', claim_id, 8, 0.9), 95), 1) end end::decimal(9, 1) as home_distance_km,
        case case_number when 1901 then false when 1902 then false when 1903 then true else uniform('referred', claim_id) < 0.04 end as is_referral
    from known
    cross join hospital_count
)

select
    'TR' || claim_number[3:] || '1' as treatment_number,
    claim_id,
    claim_number,
    case_number,
    recorded_date,
    hospital_code,
    case when is_inpatient then 'inpatient' else 'outpatient' end as treatment_kind,
    first_visit_date,
    case when is_inpatient then admitted_day end as admitted_date,
    case when is_inpatient then least(admitted_day + stay_days, recorded_date) end as discharged_date,
    case when is_inpatient then (least(admitted_day + stay_days, recorded_date) - admitted_day)::integer end as stay_days_count,
    diagnosis_group,
    home_distance_km,
    is_referral,
    case case_number when 2301 then 0.5999 when 2302 then 0.6 else round(0.72 + 0.27 * uniform('face', claim_id), 4) end::decimal(9, 4) as face_match_ratio,
    coalesce(case_number = 1604, false) as has_spending_elsewhere
from placed
union all
-- Earlier visits that investigators found: for ordinary claims of another system than the one claimed, or declared.
select
    'TR' || claim_number[3:] || '2', claim_id, claim_number, case_number, recorded_date, hospital_code, 'earlier_visit',
    case case_number
        when 1404 then (effective_date - interval 24 month)::date - 1
        when 1405 then (effective_date - interval 24 month)::date
        else effective_date - whole('earlier_visit', claim_id, 30, 700)::integer end,
    null, null, null,
    case when case_number between 1401 and 1405 and case_number <> 1403 then 'circulatory'
        else case diagnosis_group when 'respiratory' then 'digestive' when 'digestive' then 'musculoskeletal' else 'respiratory' end end,
    home_distance_km, is_referral, null, false
from placed
where case_number between 1401 and 1405 or (case_number is null and claim_type in ('medical', 'critical_illness') and uniform('investigated', claim_id) < 0.12);

create table world.industry_enquiry as
with claims as (
    select
        claim_circumstance.*,
        unnest(range(1, 1 + case
            when case_number in (1501, 1503) then 3 when case_number in (1502, 1504) then 2
            when case_number is not null then 1
            else whole('other_insurers', claim_id, 1, 2) end)) as line_number
    from world.claim_circumstance
    where claim_type in ('accident', 'medical', 'death') and (case_number between 1501 and 1504 or (case_number is null and uniform('enquired', claim_id) < 0.6))
)

select
    'IE' || claim_number[3:] as enquiry_number,
    line_number::integer as line_number,
    claim_id,
    claim_number,
    case_number,
    reported_date as enquired_date,
    'X' || lpad(case when case_number is not null then line_number else whole('other_insurer', claim_id * 10 + line_number, 1, 60) end::varchar, 2, '0') as insurer_code,
    case when case_number in (1501, 1503) or uniform('other_product', claim_id * 10 + line_number) < 0.5 then 'accident' else 'daily_allowance' end as cover_group,
    case case_number
        when 1501 then effective_date - (45 * (line_number - 1))::integer
        when 1503 then effective_date - (45 * (line_number - 1))::integer - (line_number = 3)::integer
        when 1502 then effective_date - (10 * line_number)::integer
        when 1504 then effective_date - (10 * line_number)::integer
        else effective_date - whole('other_issue', claim_id * 10 + line_number, 1, 900)
    end::date as other_issue_date,
    case case_number when 1501 then 0 when 1503 then 0 when 1502 then 250 when 1504 then 249.5
        else case when uniform('other_product', claim_id * 10 + line_number) < 0.5 then 0 else 10 * whole('allowance', claim_id * 10 + line_number, 5, 24) end end::decimal(18, 2) as daily_allowance_amount
from claims;

create table delivery.claims__hospital as
select delivered_yearly(listed_date) as dt, hospital_code, hospital_name, hospital_level, is_public, listed_date
from world.hospital;

create table delivery.claims__medical_treatment as
select
    delivered_yearly(recorded_date) as dt, treatment_number, claim_number, recorded_date, hospital_code, treatment_kind, first_visit_date, admitted_date,
    discharged_date, stay_days_count, diagnosis_group, home_distance_km, is_referral, face_match_ratio, has_spending_elsewhere
from world.medical_treatment;

create table delivery.claims__industry_enquiry as
select delivered_yearly(enquired_date) as dt, enquiry_number, line_number, claim_number, enquired_date, insurer_code, cover_group, other_issue_date, daily_allowance_amount
from world.industry_enquiry;
