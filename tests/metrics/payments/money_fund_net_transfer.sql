-- 货币基金净划转: purchases of money funds less redemptions, by day confirmed.
select
    fund.confirmed_date as business_date,
    customer.organisation_code,
    null as channel_code,
    null as product_code,
    people.segment_code,
    case fund.transaction_type when 'purchase' then fund.transaction_amount else -fund.transaction_amount end as numerator,
    null as denominator
from raw.account.fund_transaction as fund
inner join latest.account as account on fund.account_number = account.account_number
left join latest.customer as customer on account.customer_id = customer.customer_id
left join people on account.customer_id = people.customer_id
