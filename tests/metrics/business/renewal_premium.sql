-- 续期保费: premium of policy year 2 and later, received and booked.
select
    payment.accounting_date as business_date,
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    payment.premium_amount as numerator,
    null as denominator
from raw.policy_admin.premium_payment as payment
inner join raw.policy_admin.policy as policy on payment.policy_number = policy.policy_number
where payment.policy_year >= 2
