-- 对账平账率: both directions. Items are the succeeded orders that touch a bank and the statement lines, paired by order number;
-- a pair of equal amounts is matched. By order date, or by booking date where there is no order.
with orders as (
    select * from raw.account.payment_order
    where order_status = 'succeeded' and payment_route not in ('balance', 'cash')
),

-- what the bank booked for one order is one item, however often it booked; a line without an order stands alone
lines as (
    select min(order_number) as order_number, min(booked_date) as booked_date, sum(amount) as amount
    from raw.account.bank_statement_line
    group by coalesce(order_number, line_number)
)

select
    coalesce(orders.order_date, line.booked_date) as business_date,
    coalesce(orders.organisation_code, account_company.organisation_code) as organisation_code,
    null as channel_code,
    null as product_code,
    coalesce(cast(orders.amount = line.amount as integer), 0) as numerator,
    1 as denominator
from orders
full outer join lines as line on orders.order_number = line.order_number
-- a line without an order of ours still lies on the account of the account company
left join latest.organisation as account_company
    on account_company.company_type = 'account' and account_company.organisation_level = 1
