-- Parts replaced or repaired, and the photos and invoices handed in. Ordinary images and invoices are unlike each other.
create table world.claim_part as
with parts as (
    select
        claim_circumstance.*,
        unnest(range(1, 2 + (claimed_amount > 1500)::integer + (claimed_amount > 6000)::integer)) as part_position
    from world.claim_circumstance
    where is_motor and settled_amount > 0
),

agreed as (
    select parts.*, claim_stage.occurred_at::date as assessed_date
    from parts
    inner join world.claim_stage on claim_stage.claim_id = parts.claim_id and claim_stage.stage = 'assessed'
)

select
    'PT' || claim_number[3:] || part_position as part_number,
    claim_id,
    claim_number,
    case_number,
    occurrence_number,
    assessed_date,
    case when case_number in (703, 704) and part_position = 2 then 'roof_rail' else damaged_zone || '_' || part_position end as part_code,
    -- Case 703 has the same part replaced twice, 704 repaired first.
    -- In 602 nothing is replaced.
    case when case_number = 602 or (case_number = 704 and part_position = 2 and occurrence_number = 0) then 'repair'
        when case_number in (703, 704) and part_position = 2 then 'replace'
        when uniform('replaced', claim_id * 10 + part_position) < 0.55 then 'replace' else 'repair' end as part_action,
    case when case_number = 1302 then effective_date - 3 else assessed_date end as repaired_date,
    round(claimed_amount * case part_position when 1 then 0.6 when 2 then 0.3 else 0.1 end, 2)::decimal(18, 2) as quoted_amount,
    round(settled_amount * case part_position when 1 then 0.6 when 2 then 0.3 else 0.1 end * (0.85 + 0.15 * uniform('part_price', claim_id * 10 + part_position)), 2)::decimal(18, 2) as agreed_amount
from agreed;

create table world.claim_document as
with documents as (
    select
        claim_circumstance.*,
        unnest(case
            when is_motor then ['photo', 'photo', 'invoice']
            when claim_type in ('medical', 'accident', 'critical_illness') then ['medical_record', 'invoice', 'invoice']
            when claim_type = 'death' then ['certificate', 'identity']
            else ['photo', 'invoice']
        end) as document_kind,
        unnest(range(1, 1 + case when is_motor or claim_type in ('medical', 'accident', 'critical_illness') then 3 else 2 end)) as document_position
    from world.claim_circumstance
),

-- Documents that came before the conclusion; who withdrew early handed in nothing.
dated as (
    select documents.*, coalesce(claim_stage.occurred_at::date, reported_date + 1) as received_date
    from documents
    left join world.claim_stage on claim_stage.claim_id = documents.claim_id and claim_stage.stage = 'documents_complete'
    where documents.conclusion <> 'withdrawn' and claim_stage.claim_id is not null
),

marked as (
    select
        *,
        claim_id * 10 + document_position as document_id,
        case when case_number in (701, 702, 801, 802, 803, 804, 2201, 2202, 2203, 2204) and document_position = case when is_motor then 1 else 2 end then case_number end as marked_case
    from dated
)

select
    'DC' || claim_number[3:] || document_position as document_number,
    claim_number,
    case_number,
    document_id,
    document_kind,
    received_date,
    case when marked_case = 2203 then md5('image/case/2203') else md5('image/' || document_id) end as image_hash,
    case when document_kind <> 'photo' then null when marked_case = 701 then 0.9 when marked_case = 702 then 0.8999
        else round(0.75 * uniform('similarity', document_id), 4) end::decimal(9, 4) as similarity_ratio,
    case when document_kind <> 'photo' then null when marked_case = 801 then 24.1 when marked_case = 804 then 24.0
        else round(least(lognormal('exif_hours', document_id, 0.6, 1.0), 20), 1) end::decimal(9, 1) as exif_difference_hours,
    case when document_kind <> 'photo' then null when marked_case = 802 then 2.1 when marked_case = 804 then 2.0
        else round(least(lognormal('exif_km', document_id, 0.2, 1.0), 1.8), 1) end::decimal(9, 1) as exif_distance_km,
    case when marked_case = 803 then 0.8 when marked_case = 804 then 0.7999 else round(0.7 * uniform('manipulation', document_id) ** 3, 4) end::decimal(9, 4) as manipulation_ratio,
    case when document_kind <> 'invoice' then null when marked_case = 2201 then 'FP990000002201'
        -- Case 2204: numbers that follow each other.
        when marked_case = 2204 then 'FP99000000220' || (4 + occurrence_number)
        else 'FP' || lpad((document_id * 7368787 % 1000000000000)::varchar, 12, '0') end as invoice_number,
    case when document_kind = 'invoice' then round(claimed_amount * case when is_motor then 1.0 when document_position = 2 then 0.7 else 0.3 end, 2) end::decimal(18, 2) as invoice_amount,
    case when document_kind <> 'invoice' then null when marked_case = 2202 then 'mismatched' when uniform('verified', document_id) < 0.9 then 'matched' else 'not_checked' end as verification_result
from marked;

create table delivery.claims__claim_part as
select
    delivered_monthly(assessed_date) as dt, part_number, claim_number, assessed_date, part_code, part_action, repaired_date, quoted_amount, agreed_amount
from world.claim_part;

create table delivery.claims__claim_document as
select
    delivered_monthly(received_date) as dt, document_number, claim_number, received_date, document_kind, image_hash, similarity_ratio, exif_difference_hours,
    exif_distance_km, manipulation_ratio, invoice_number, invoice_amount, verification_result
from world.claim_document;
