-- Orders that return-freight covers ride on: who bought from whom, how far the parcel went and whether it came back.
create table world.seller as
select
    seller_id,
    'S' || lpad(seller_id::varchar, 5, '0') as seller_code,
    chosen('seller_city', seller_id, (select list(city_code order by city_code) from world.city)) as city_code,
    chosen('seller_category', seller_id, ['apparel', 'apparel', 'apparel', 'shoes', 'electronics', 'home', 'beauty']) as category_code
from (select unnest(range(1, sized(600) + 40)) as seller_id);

create table world.parcel as
with orders as (
    select
        policy.policy_id,
        policy.policy_number,
        policy.issue_date,
        policy.issued_at,
        policy.effective_date,
        policy.expiry_date,
        policy.sum_insured_amount,
        planted.case_number,
        planted.is_returned as planted_return,
        planted.distance_kilometres as planted_distance,
        coalesce(planted.is_related, false) as is_related,
        coalesce('case' || planted.case_number, 'person' || policy.person_id) as buyer,
        policy.person_id,
        -- A few sellers sell most.
        1 + floor((sized(600) + 39) * uniform('seller', policy.policy_id) ** 2.2)::bigint as seller_id,
        chosen('buyer_city', policy.person_id, (select list(city_code order by city_code) from world.city)) as destination_city_code
    from world.policy
    left join world.planted_parcel as planted on planted.policy_id = policy.policy_id
    where policy.product_code = 'RETURN_FREIGHT'
),

-- Ten in a hundred come back, thirteen after Double 11; what must fit comes back most, and some buyers try more.
drawn as (
    select
        orders.*,
        seller.seller_code,
        seller.category_code,
        seller.city_code as origin_city_code,
        uniform('returns', orders.policy_id) < 0.92 * (0.100 + 0.03 * (month(orders.issue_date) = 11)::integer)
        * clamped(exp(0.35 * normal('buyer_returns', orders.person_id)), 0.4, 2.2)
        * case seller.category_code when 'apparel' then 1.4 when 'shoes' then 1.3 when 'electronics' then 0.6 when 'home' then 0.5 else 0.35 end as is_sent_back,
        orders.issue_date + case when orders.issue_date - make_date(year(orders.issue_date), 11, 11) between 0 and 2
            then whole('shipping', orders.policy_id, 1, 6) else whole('shipping', orders.policy_id, 0, 2) end::integer as shipped_date
    from orders
    inner join world.seller on seller.seller_id = orders.seller_id
),

-- Nobody but a planted buyer sends more than five orders of thirty days back.
decided as (
    select
        *,
        coalesce(
            planted_return,
            is_sent_back and count(*) filter (is_sent_back) over (
                partition by buyer order by issued_at range between interval 31 day preceding and current row exclude current row
            ) < 5
        ) as is_returned
    from drawn
),

measured as (
    select
        decided.*,
        least(shipped_date + whole('return_day', decided.policy_id, 3, 14)::integer, expiry_date) as returned_date,
        round(coalesce(planted_distance, case
            when origin.city_code = destination.city_code then 3 + lognormal('distance', decided.policy_id, 14, 0.5)
            else (0.97 + 0.3 * uniform('distance', decided.policy_id)) * 6371 * 2 * asin(sqrt(
                sin(radians(destination.latitude - origin.latitude) / 2) ** 2
                + cos(radians(origin.latitude)) * cos(radians(destination.latitude)) * sin(radians(destination.longitude - origin.longitude) / 2) ** 2
            )) end), 1) as distance_kilometres
    from decided
    inner join world.city as origin on origin.city_code = case when planted_distance is null then origin_city_code else destination_city_code end
    inner join world.city as destination on destination.city_code = decided.destination_city_code
)

select
    * replace (case when planted_distance is null then origin_city_code else destination_city_code end as origin_city_code),
    -- What the carrier asks for the way back; the cover pays no more than its sum insured.
    round(clamped(2.7 + distance_kilometres / 750 + 0.7 * uniform('freight', policy_id), 3, 14), 1)::decimal(18, 2) as freight_amount,
    day_start(returned_date) + to_minutes(whole('return_minute', policy_id, 500, 1290)) as returned_at
from measured;

-- Each version tells what the platform knew on its day: the order, then that it was shipped, then that it came back.
create table delivery.scenario__parcel as
with versions as (
    select
        policy_id,
        unnest(list_distinct([
            delivered_monthly(issue_date),
            case when shipped_date <= as_of() then delivered_monthly(shipped_date) end,
            case when is_returned and returned_date <= as_of() then delivered_monthly(returned_date) end
        ])) as dt
    from world.parcel
)

select
    versions.dt,
    'TB' || strftime(parcel.issue_date, '%y%m%d') || lpad(((parcel.policy_id * 7368787 + 77) % 10000000000)::varchar, 10, '0') as order_number,
    parcel.policy_number,
    substr(md5('buyer/' || parcel.buyer), 1, 20) as buyer_token,
    case when parcel.is_related then substr(md5('seller contact/' || parcel.seller_code), 1, 20) else substr(md5('buyer contact/' || parcel.buyer), 1, 20) end as buyer_contact_token,
    parcel.seller_code,
    substr(md5('seller contact/' || parcel.seller_code), 1, 20) as seller_contact_token,
    parcel.category_code,
    parcel.issue_date as ordered_date,
    case when parcel.shipped_date <= versions.dt then parcel.shipped_date end as shipped_date,
    parcel.origin_city_code,
    parcel.destination_city_code,
    parcel.distance_kilometres,
    parcel.freight_amount,
    parcel.is_returned and parcel.returned_date <= versions.dt as is_returned,
    case when parcel.is_returned and parcel.returned_date <= versions.dt then parcel.returned_date end as returned_date,
    case when parcel.is_returned and parcel.returned_date <= versions.dt
        then chosen('return_reason', parcel.policy_id, case when parcel.category_code in ('apparel', 'shoes')
            then ['wrong_size', 'wrong_size', 'changed_mind', 'not_as_described'] else ['changed_mind', 'quality', 'not_as_described'] end) end as return_reason
from versions
inner join world.parcel on parcel.policy_id = versions.policy_id
where versions.dt is not null;
