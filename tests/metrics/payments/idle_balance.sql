-- 沉淀资金: balances without money funds at the end of the last day: of each customer the last end of a month at which accounts were
-- listed (nothing where the customer is not), and the orders succeeded since that moved the balance.
with listed as (
    select distinct balance_date from raw.account.account_balance
    where month(balance_date + 1) <> month(balance_date)
),

ends as (
    select
        periods.grain,
        periods.period_start_date,
        periods.period_end_date,
        (
            select max(listed.balance_date) from listed
            where listed.balance_date <= periods.period_end_date
        ) as listed_date
    from periods
    where
        periods.period_end_date <= (select max(as_of.as_of_date) from as_of)
        and periods.period_end_date >= (select min(payment_order.order_date) from raw.account.payment_order)
),

moves as (
    select
        customer_id,
        order_date,
        case when order_type in ('top_up', 'fund_redemption') then amount else -amount end as amount
    from raw.account.payment_order
    where order_status = 'succeeded' and (order_type <> 'payment' or payment_route = 'balance')
),

parts as (
    select
        ends.grain,
        ends.period_start_date,
        account.customer_id,
        balance.balance_amount as amount
    from ends
    inner join raw.account.account_balance as balance on ends.listed_date = balance.balance_date
    inner join latest.account as account on balance.account_number = account.account_number
    union all
    select
        ends.grain,
        ends.period_start_date,
        moves.customer_id,
        moves.amount
    from ends
    inner join moves
        on
            ends.period_end_date >= moves.order_date
            and coalesce(ends.listed_date, date '1900-01-01') < moves.order_date
)

select
    parts.grain,
    parts.period_start_date,
    customer.organisation_code,
    null as channel_code,
    null as product_code,
    people.segment_code,
    parts.amount as numerator,
    null as denominator
from parts
left join latest.customer as customer on parts.customer_id = customer.customer_id
left join people on parts.customer_id = people.customer_id
