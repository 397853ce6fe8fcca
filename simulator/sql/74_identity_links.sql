-- One customer, one number: how the records of the companies were tied to unified customers. About 1.5 % of the records have no
-- unified number yet, 1 % have one of their own beside the right one, 3 in 1,000 sit under another person's.
create table world.identity_link as
with records as (
    select
        customer.*,
        'N' || lpad(((customer.person_id * 7368787 + 4321) % 10000000000)::varchar, 10, '0') as right_number,
        is_legal or not (company_code = 'PROP' and not is_planted and uniform('id_known', record_id) < 0.04) as has_id_number,
        uniform('link', record_id) as link_draw
    from world.customer
),

judged as (
    select
        *,
        case
            when is_planted then 'right'
            when not has_id_number and link_draw < 0.30 or link_draw < 0.010 then 'not_linked'
            when link_draw > 0.990 and not is_legal and company_code <> 'LIFE' then 'split'
            when link_draw > 0.984 and shares_mobile then 'wrong_merge'
            when link_draw between 0.980 and 0.983 and not is_legal and not has_id_number then 'wrong_merge'
            when link_draw between 0.500 and 0.503 and not is_legal then 'wrong_merge'
            else 'right'
        end as link_kind
    from records
),

-- A wrongly merged record sits under the number of the next person of the same company.
neighbours as (
    select *, lead(right_number) over (partition by company_code, is_legal order by person_id) as next_number from judged
)

select
    customer_id,
    person_id,
    company_code,
    link_kind,
    case link_kind when 'not_linked' then null when 'split' then 'D' || lpad(((record_id * 7368787 + 99) % 10000000000)::varchar, 10, '0')
        when 'wrong_merge' then coalesce(next_number, right_number) else right_number end as unified_number,
    right_number,
    case when link_kind = 'wrong_merge' or not has_id_number then chosen('weak_match', record_id, ['mobile_and_name', 'mobile_and_birth_date'])
        when is_legal then 'organisation_number' when uniform('by_hand', record_id) < 0.02 then 'manual' else 'id_number' end as match_method,
    case when link_kind = 'wrong_merge' or not has_id_number then round(0.80 + 0.12 * uniform('match_score', record_id), 4) else round(0.97 + 0.03 * uniform('match_score', record_id), 4) end
        as match_ratio,
    registered_date,
    -- A record is linked within three days, one in sixteen only when someone looks at it.
    registered_date + case when uniform('linked_late', record_id) < 0.06 then whole('linked_after', record_id, 20, 300) else whole('linked_soon', record_id, 1, 3) end::integer as linked_date
from neighbours;

create table delivery.members__identity_link as
with changes as (
    select customer_id, registered_date as happened from world.identity_link
    union all
    select customer_id, linked_date from world.identity_link where unified_number is not null
),

versions as (
    select customer_id, delivered_yearly(happened) as dt, max(happened) as updated_date
    from changes
    where happened <= as_of()
    group by all
)

select
    versions.dt,
    identity_link.customer_id,
    company_code as organisation_code,
    registered_date,
    case when linked_date <= versions.dt then unified_number end as unified_customer_id,
    case when linked_date <= versions.dt and unified_number is not null then match_method end as match_method,
    case when linked_date <= versions.dt and unified_number is not null then match_ratio::decimal(9, 4) end as match_ratio,
    case when linked_date <= versions.dt and unified_number is not null then linked_date end as linked_date,
    updated_date
from versions
inner join world.identity_link on identity_link.customer_id = versions.customer_id;
