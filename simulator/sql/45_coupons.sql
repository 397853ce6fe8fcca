-- Coupons and red packets: what customers were given in campaigns, what they redeemed, and three customers of planted cases.
create table world.redemption as
-- A premium of at least 60 yuan bought online, reduced by up to a tenth.
select
    policy.policy_id as row_id, policy.customer_id, policy.company_code, policy.issue_date as redeemed_date, policy.policy_number, null as order_number,
    chosen('coupon_type', policy.policy_id, ['cash_voucher', 'cash_voucher', 'discount_voucher']) as coupon_type,
    list_max(list_filter([5, 10, 20, 30, 50, 80], lambda amount: amount <= 0.1 * policy.premium_amount or amount = 5))
    / case when uniform('smaller', policy.policy_id) < 0.4 then 2 else 1 end as coupon_amount,
    3.1 as unused_per_used
from world.policy
inner join world.channel on channel.channel_code = policy.channel_code and channel.channel_group = 'online'
where not policy.is_micro and not policy.is_planted and policy.premium_amount >= 60 and policy.issue_date > first_day() + 60 and uniform('uses_coupon', policy.policy_id) < 0.18
union all
-- A payment from the account, reduced by a red packet.
select
    600000000 + payment_order.try_id, payment_order.customer_id, 'PAY', payment_order.order_date, null, order_number, 'red_packet',
    chosen('packet', payment_order.try_id, [1, 2, 2, 5, 8]), 2.2
from world.payment_order
inner join world.order_wish on order_wish.order_id = payment_order.try_id // 2
where payment_order.order_type = 'payment' and order_status = 'succeeded' and amount >= 20 and order_wish.order_date > first_day() + 60
    and (order_wish.actor_number is null and uniform('uses_packet', payment_order.try_id) < 0.10 or order_wish.actor_number >= 9);

create table world.coupon as
with given as (
    select
        *,
        row_id * 100 as coupon_id,
        chosen('validity', row_id, case coupon_type when 'red_packet' then [3, 7, 7, 15] else [7, 15, 30, 30, 60] end) as valid_days
    from world.redemption
),

used as (
    select coupon_id, customer_id, company_code, coupon_type, coupon_amount, valid_days, redeemed_date, policy_number, order_number,
        redeemed_date - floor(valid_days * uniform('used_after', row_id) ** 2)::integer as issued_date
    from given
),

-- What was given at the same time to others and was not used, or not yet; the planted redemptions stand alone.
copies as (
    select *, unnest(range(1, 1 + floor(unused_per_used * (0.4 + 1.2 * uniform('unused', row_id)) + uniform('one_more', row_id))::integer)) as copy
    from given
    where row_id < 600000000 + 2 * 450000000
),

unused as (
    select
        coupon_id + copy as coupon_id,
        customer_record.customer_id,
        copies.company_code,
        coupon_type,
        coupon_amount,
        valid_days,
        null::date as redeemed_date,
        null as policy_number,
        null as order_number,
        least(copies.redeemed_date + whole('given_day', coupon_id + copy, -12, 4)::integer, as_of()) as issued_date
    from copies
    inner join world.customer_count on customer_count.company_code = copies.company_code
    inner join world.customer_record
        on customer_record.company_code = copies.company_code
        and customer_record.rank_in_company = 1 + floor((customer_count.natural_records - 12) * uniform('given_to', coupon_id + copy))::bigint
    union all
    -- Near miss: fifteen coupons within a month, none redeemed.
    select 999000000000 + step, customer_id, 'PAY', 'red_packet', 2.0, 15, null, null, null, as_of() - 25 + step::integer
    from (select unnest(range(15)) as step)
    cross join world.account_actor
    where actor_number = 12
)

select
    'Q' || lpad(((row_number() over (order by coupon_id)) * 7919 + 31)::varchar, 11, '0') as coupon_number,
    everything.*,
    issued_date + valid_days as expiry_date,
    case when uniform('seasonal_coupon', coupon_id) < 0.8 then campaign_day.seasonal_code else campaign_day.always_code end as campaign_code
from (select * from used union all by name select * from unused) as everything
inner join world.campaign_day on campaign_day.company_code = everything.company_code and campaign_day.day = everything.issued_date;

create table delivery.marketing__coupon as
with changes as (
    select coupon_number, unnest([issued_date, redeemed_date]) as happened from world.coupon
),

versions as (
    select distinct coupon_number, delivered_quarterly(happened) as dt from changes where happened is not null
)

select
    versions.dt,
    coupon.coupon_number,
    campaign_code,
    coupon_type,
    customer_id,
    company_code as organisation_code,
    coupon_amount::decimal(18, 2) as coupon_amount,
    (coupon_amount * case coupon_type when 'red_packet' then 2 when 'cash_voucher' then 8 else 10 end)::decimal(18, 2) as minimum_spend_amount,
    issued_date,
    expiry_date,
    case when redeemed_date <= versions.dt then redeemed_date end as redeemed_date,
    case when redeemed_date <= versions.dt then policy_number end as policy_number,
    case when redeemed_date <= versions.dt then order_number end as order_number
from versions
inner join world.coupon on coupon.coupon_number = versions.coupon_number;
