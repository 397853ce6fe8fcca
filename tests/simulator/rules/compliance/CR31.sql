-- Comprehensive surrender rate of one quarter: refunds of surrendered long-term policies over the long-term reserve and deposits of
-- the quarter end before plus the scale premium of the quarter. A channel of a company above 5 % is yellow, above 10 % red; a
-- product above three times the industry's median of 2.795 % is red; below half a million yuan nothing is judged.
with long_policy as (
    select policy_number, product_code, channel_code, product.organisation_code as company_code
    from policy inner join product using (product_code) where is_long_term
),
bases as (
    select organisation_code as company_code, channel_code, product_code, (valuation_date + 1)::date as day, gross_amount as amount
    from reserve
    where reserve_kind in ('long_term', 'policyholder_deposit') and valuation_date < as_of()
    union all
    select company_code, channel_code, product_code, accounting_date, premium_payment.premium_amount
    from premium_payment inner join long_policy using (policy_number)
    union all
    select company_code, channel_code, product_code, completed_date, -refund_amount
    from servicing_request inner join long_policy using (policy_number)
    where servicing_type = 'free_look_cancellation' and request_status = 'completed'
),
refunds as (
    select company_code, channel_code, product_code, completed_date as day, refund_amount as amount
    from servicing_request inner join long_policy using (policy_number)
    where servicing_type = 'surrender' and request_status = 'completed'
),
based as (
    select company_code || '/' || channel_code || '/' || quarter_code(day) as code, 'channel' as kind, sum(amount) as base from bases group by all
    union all
    select product_code || '/' || quarter_code(day), 'product', sum(amount) from bases group by all
),
refunded as (
    select company_code || '/' || channel_code || '/' || quarter_code(day) as code, sum(amount) as refund from refunds group by all
    union all
    select product_code || '/' || quarter_code(day), sum(amount) from refunds group by all
)
select code, if(kind = 'product' or 10 * refund > base, 'red', 'yellow')
from based inner join refunded using (code)
where base >= 500000 and if(kind = 'channel', 20 * refund > base, 100000 * refund > 3 * 2795 * base)
