-- 清分差错率: entries whose amount or member company differs from the order's, over entries cleared in the period;
-- under the member company the order names, which is the one that misses its money.
select
    entry.clearing_date as business_date,
    payment.payee_organisation_code as organisation_code,
    null as channel_code,
    null as product_code,
    cast(
        entry.amount <> payment.amount or entry.payee_organisation_code is distinct from payment.payee_organisation_code as integer
    ) as numerator,
    1 as denominator
from raw.account.clearing_entry as entry
inner join raw.account.payment_order as payment on entry.order_number = payment.order_number
