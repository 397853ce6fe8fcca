-- 13个月保费继续率: of long-term regular policies, the premium due in the thirteenth month and booked within 60 days of its due date,
-- over the premium due in the first month (an instalment beside an instalment), by the month 15 months after cover began, when the grace of every policy of the cohort has ended.
-- Original insurance premium only. Left out: single premium, free-look cancellations, policies ended by a death claim.
with premium as (
    select
        payment.policy_number,
        payment.due_date,
        payment.accounting_date,
        payment.premium_amount - coalesce(payment.account_value_amount, 0) as amount
    from raw.policy_admin.premium_payment as payment
)

select
    policy.organisation_code,
    policy.channel_code,
    policy.product_code,
    coalesce(policy.intermediary_code, '(unknown)') as intermediary_code,
    cast(policy.effective_date + interval 15 month as date) as business_date,
    case
        when
            premium.due_date >= policy.effective_date + interval 12 month
            and premium.due_date < policy.effective_date + interval 13 month
            and premium.accounting_date <= premium.due_date + 60
            then premium.amount
        else 0
    end as numerator,
    case when premium.due_date < policy.effective_date + interval 1 month then premium.amount else 0 end as denominator
from raw.policy_admin.policy as policy
inner join latest.product as product on policy.product_code = product.product_code
inner join premium on policy.policy_number = premium.policy_number
where
    product.is_long_term and product.is_insurance_contract and policy.payment_frequency <> 'single'
    and not exists (
        select 1 from latest.servicing_request as request
        where
            request.policy_number = policy.policy_number and request.request_status = 'completed'
            and request.servicing_type in ('free_look_cancellation', 'death_claim_termination')
    )
