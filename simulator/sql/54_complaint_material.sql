-- What came with a complaint: who it was addressed to, how much its text is like others', number, address and network address.
create table world.complaint_material as
with planted(case_number, alike, shares) as (
    values
    (2801, [0.9712, 0.9548, 0.9466, 0.9391, 0.9324], null), (2802, [0.9610, 0.9405, 0.9230, 0.9118, 0.9000], null),
    (2803, [0.9585, 0.9377, 0.9204, 0.9061, 0.8999], null), (2804, [0.9802, 0.9644, 0.9512, 0.9380], null),
    (2805, [0.9706, 0.9533, 0.9417, 0.9260, 0.9152], null), (2806, null, 'number'), (2807, null, 'address'), (2808, null, 'network'),
    (2809, null, 'number_and_network')
),

told as (
    select
        complaint.*,
        planted.alike,
        planted.shares,
        row_number() over (partition by complaint.case_number order by complaint.complaint_id) as place,
        uniform('complaint_kind', complaint.complaint_id) as kind_draw
    from world.complaint
    left join planted on planted.case_number = complaint.case_number
),

written as (
    select
        *,
        case when shares in ('network', 'number_and_network') or kind_draw < 0.38 then 'online_form' when kind_draw < 0.72 then 'phone_record' when kind_draw < 0.92 then 'letter'
            else 'visit_record' end as material_kind
    from told
)

select
    'E' || complaint_number[2:] as material_number,
    complaint_number,
    case_number,
    received_date as submitted_date,
    day_start(received_date) + to_seconds((30000 + floor(36000 * uniform('complaint_time', complaint_id)))::bigint) as submitted_at,
    material_kind,
    -- One in six that reach the regulator went to its head office, past the local one.
    case complaint_source when 'regulator' then case when uniform('addressed', complaint_id) < 0.17 then 'national_regulator' else 'local_regulator' end
        when 'media' then 'media' else case when uniform('addressed', complaint_id) < 0.07 then 'industry_association' else 'company' end end as addressed_to,
    lower(printf('%016x', hash(coalesce(case when alike is not null then 'case' || case_number end, 'text' || complaint_id))::hugeint % 9000000000000000000)) as text_fingerprint,
    -- A template lies behind one ordinary complaint in nine; people change it a good deal.
    case when alike is not null then 'TPL9' || case_number when uniform('template', complaint_id) < 0.11 then 'TPL' || lpad(whole('template_number', complaint_id, 1, 40)::varchar, 4, '0') end
        as similarity_group_code,
    case when alike is not null then alike[place] when uniform('template', complaint_id) < 0.11 then round(0.55 + 0.33 * uniform('likeness', complaint_id), 4) end as similarity_ratio,
    case when shares in ('number') or (shares = 'number_and_network' and place <= 3) then mobile('106', case_number) else mobile('100', person_id) end as contact_mobile_number,
    case when shares = 'address' then '东岭市 南塘巷' || case_number || '号'
        when material_kind = 'letter' or uniform('gives_address', complaint_id) < 0.25 then
            chosen('city', person_id, ['云州市', '海临市', '江浦市', '东岭市', '白川市']) || ' ' || chosen('street', person_id, ['长乐路', '望湖街', '青枫大道', '文汇路', '南塘巷'])
            || (1 + person_id % 880)::varchar || '号' || (1 + person_id % 31)::varchar || '室' end as mailing_address,
    case when shares = 'network' or (shares = 'number_and_network' and place > 3) then 'NET' || lpad(case_number::varchar, 10, '0')
        when material_kind = 'online_form' then 'NET' || lpad(((person_id * 7368787 + 41) % 10000000000)::varchar, 10, '0') end as network_address_token
from written;

create table delivery.contact_centre__complaint_material as
select
    delivered_quarterly(submitted_date) as dt, material_number, complaint_number, submitted_at, submitted_date, material_kind, addressed_to, text_fingerprint,
    similarity_group_code, similarity_ratio, contact_mobile_number, mailing_address, network_address_token
from world.complaint_material;
