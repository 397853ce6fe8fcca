-- What becomes of each wish: the balance, the money fund and the class of the account allow it, change it or refuse it.
-- Amounts are whole fen and fund units hundredths, so that a balance is exact after any number of orders.
create macro fund_price(some_day) as (exp(0.024 * ((some_day)::date - date '2014-01-01') / 365.25));

create table world.routed_wish as
select
    order_wish.*,
    account_class.final_class,
    coalesce(order_wish.payment_route, chosen('route', order_id, ['quick_pay', 'quick_pay', 'quick_pay', 'quick_pay', 'online_bank', 'transfer',
        case when uniform('counter', order_id) < 0.2 then 'cash' else 'quick_pay' end])) as top_up_route,
    coalesce(order_wish.payment_route, chosen('route', order_id, ['quick_pay', 'transfer'])) as withdrawal_route,
    coalesce(order_wish.payment_route, chosen('route', order_id, ['quick_pay', 'quick_pay', 'balance', 'online_bank'])) as paying_route,
    order_date >= first_order_date + days_to_class_two and final_class <> 'I' as is_second_class,
    order_date >= first_order_date + days_to_class_three and final_class = 'III' as is_third_class,
    fund_price(order_date) as price,
    uniform('tries_anyway', order_id) < 0.15 as tries_anyway,
    uniform('retries', order_id) < 0.85 as is_retried,
    order_wish.actor_number is null and uniform('takes_out', order_id) < 0.35 as takes_out
from world.order_wish
inner join world.account_class on account_class.customer_id = order_wish.customer_id;

create table world.account_state as
with recursive states as (
    select customer_id, 0::bigint as position, 0::bigint as order_id, null::varchar as order_type, null::varchar as payment_route, 0::bigint as fen,
        false as is_refused, 0::bigint as balance, 0::bigint as units, 0::bigint as paid_in_year, 0::bigint as paid_ever, 0::bigint as paid_year
    from world.card
    union all
    select
        customer_id, position, order_id, order_type, payment_route, fen, is_refused,
        balance + case when not is_done then 0 when order_type in ('top_up', 'fund_redemption') then fen
            when order_type = 'payment' and payment_route <> 'balance' then 0 else -fen end,
        units + case when not is_done then 0 when order_type = 'fund_purchase' then floor(fen / price)::bigint
            when order_type = 'fund_redemption' then -least(ceil(fen / price)::bigint, units) else 0 end,
        paid_in_year + case when is_done and order_type = 'payment' and payment_route = 'balance' then fen else 0 end,
        paid_ever + case when is_done and order_type = 'payment' and payment_route = 'balance' then fen else 0 end,
        paid_year
    from (
        select *, not is_refused and (fate >= 0.0205 or (fate < 0.004 and is_retried)) as is_done
        from (
            select
                * replace (
                    -- Who meets the limit mostly pays by card instead; some try all the same.
                    case when is_over_limit and not tries_anyway and actor_number is null then 'quick_pay'
                        when order_type = 'payment' and payment_route = 'balance' and fen > balance then 'quick_pay'
                        else payment_route end as payment_route
                ),
                is_over_limit and (tries_anyway or actor_number is not null) and fen <= balance as is_refused
            from (
                select
                    *,
                    case order_type when 'top_up' then top_up_route when 'withdrawal' then withdrawal_route when 'payment' then paying_route else 'balance' end
                        as payment_route,
                    case order_type
                        when 'top_up' then case when top_up_route = 'cash' and order_id < 450000000 then least(wished_fen, 300000) else wished_fen end
                        when 'withdrawal' then least(wished_fen, balance)
                        when 'fund_purchase' then least(wished_fen, balance)
                        when 'fund_redemption' then least(wished_fen, floor(units * price)::bigint)
                        else wished_fen end as fen,
                    order_type = 'payment' and paying_route = 'balance'
                        and case when is_third_class then paid_in_year + wished_fen > 20000000 when is_second_class then paid_in_year + wished_fen > 10000000
                            else paid_ever + wished_fen > 100000 end as is_over_limit
                from (
                    select
                        routed_wish.* exclude (order_type, payment_route, fen),
                        routed_wish.fen as wished_fen,
                        states.balance,
                        states.units,
                        states.paid_ever,
                        case when states.paid_year = year(routed_wish.order_date) then states.paid_in_year else 0 end as paid_in_year,
                        year(routed_wish.order_date) as paid_year,
                        case
                            when (routed_wish.order_type = 'fund_redemption' or (routed_wish.order_type = 'withdrawal' and states.balance < 2000)
                                or (routed_wish.order_type = 'fund_purchase' and takes_out)) and states.units >= 2000 then 'fund_redemption'
                            when routed_wish.order_type in ('fund_purchase', 'fund_redemption') and is_third_class and states.balance >= 2000 then 'fund_purchase'
                            when routed_wish.order_type = 'withdrawal' and states.balance >= 2000 then 'withdrawal'
                            when routed_wish.order_type = 'payment' then 'payment'
                            else 'top_up'
                        end as order_type
                    from states
                    inner join world.routed_wish on routed_wish.customer_id = states.customer_id and routed_wish.position = states.position + 1
                )
            )
        )
    )
)

select * from states where position > 0;

create table world.payment_order as
with tries as (
    select
        account_state.*,
        order_wish.person_id,
        order_wish.order_date,
        order_wish.second_of_day,
        order_wish.fate,
        order_wish.organisation_code as planted_organisation,
        unnest(case when order_wish.fate < 0.004 and not account_state.is_refused and uniform('retries', account_state.order_id) < 0.85 then [0, 1] else [0] end) as try
    from world.account_state
    inner join world.order_wish on order_wish.order_id = account_state.order_id
),

shaped as (
    select
        tries.order_id * 2 + tries.try as try_id,
        tries.customer_id,
        tries.person_id,
        tries.order_type,
        tries.payment_route,
        (tries.fen / 100)::decimal(18, 2) as amount,
        day_start(tries.order_date) + to_seconds((tries.second_of_day + 95 * tries.try)::bigint) as requested_at,
        tries.order_date,
        case when tries.is_refused then 0.005 when tries.try = 1 then 1.0 else tries.fate end as fate,
        card.bank_card_number,
        coalesce(tries.planted_organisation, case when uniform('counter_unit', tries.order_id) < 0.06 or tries.payment_route = 'cash'
            then chosen('unit', tries.order_id, ['LIFE_BJ', 'LIFE_GD', 'PROP_ZJ', 'LIFE']) else 'PAY' end) as organisation_code
    from tries
    inner join world.card on card.customer_id = tries.customer_id
)

select
    'O' || strftime(order_date, '%Y%m%d') || lpad(((try_id * 7919 + 5) % 1000000000)::varchar, 9, '0') as order_number,
    try_id,
    customer_id,
    person_id,
    organisation_code,
    order_type,
    payment_route,
    amount,
    requested_at,
    order_date,
    case when fate < 0.0065 then 'failed' when fate < 0.0145 then 'failed' when fate < 0.0205 then 'cancelled' else 'succeeded' end as order_status,
    case when fate < 0.004 then 'technical' when fate < 0.0055 then 'limit_exceeded' when fate < 0.0065 then 'rejected'
        when fate < 0.0145 then 'insufficient_balance' when fate < 0.0205 then 'user_cancelled' end as failure_reason,
    case when order_type = 'payment' then chosen('payee', try_id, ['LIFE', 'LIFE', 'LIFE', 'PROP', 'PROP']) end as payee_organisation_code,
    case when payment_route not in ('balance', 'cash') then bank_card_number end as bank_card_number,
    case when fate < 0.0205 and fate >= 0.0145 then null else requested_at + to_seconds((1 + floor(8 * uniform('speed', try_id) ** 3))::bigint) end as completed_at
from shaped;

create table delivery.account__payment_order as
select
    delivered_on(order_date) as dt, order_number, customer_id, organisation_code, order_type, payment_route, amount, requested_at, completed_at,
    order_date, order_status, failure_reason, payee_organisation_code, bank_card_number
from world.payment_order;

