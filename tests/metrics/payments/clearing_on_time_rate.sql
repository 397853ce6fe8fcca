-- 清算及时率: entries settled by their due date over entries due in the period, under the member company the order names.
select
    entry.due_date as business_date,
    payment.payee_organisation_code as organisation_code,
    null as channel_code,
    null as product_code,
    coalesce(cast(entry.settled_date <= entry.due_date as integer), 0) as numerator,
    1 as denominator
from raw.account.clearing_entry as entry
inner join raw.account.payment_order as payment on entry.order_number = payment.order_number
