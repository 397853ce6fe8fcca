-- 37个月件数继续率: of long-term regular insurance policies, those that paid the instalment of the thirty-seventh month within 60 days and
-- whose cover stood on the last of these days, over all of the cohort; by the month 39 months after cover began. Left out as for
-- the premium: single premium, free-look cancellations, death claims by then, payment terms over by then.
with policies as (
    select
        policy.*,
        cast(policy.effective_date + interval 36 month as date) as observed_date
    from raw.policy_admin.policy as policy
    inner join latest.product as product on policy.product_code = product.product_code
    where
        product.is_long_term and product.is_insurance_contract and policy.payment_frequency <> 'single'
        and policy.payment_term_years * 12 >= 37
),

changes as (
    select
        policies.policy_number,
        request.servicing_type,
        request.completed_date
    from latest.servicing_request as request
    inner join policies on request.policy_number = policies.policy_number
    where request.request_status = 'completed' and request.completed_date <= policies.observed_date + 60
)

select
    policies.organisation_code,
    policies.channel_code,
    policies.product_code,
    coalesce(policies.intermediary_code, '(unknown)') as intermediary_code,
    cast(policies.effective_date + interval 39 month as date) as business_date,
    cast(
        exists (
            select 1 from raw.policy_admin.premium_payment as payment
            where
                payment.policy_number = policies.policy_number
                and payment.due_date >= policies.observed_date
                and payment.due_date < policies.effective_date + interval 37 month
                and payment.accounting_date <= payment.due_date + 60
        )
        and coalesce((
            select arg_max(changes.servicing_type, changes.completed_date) from changes
            where
                changes.policy_number = policies.policy_number
                and changes.servicing_type in ('surrender', 'lapse', 'reinstatement', 'expiry')
        ), 'reinstatement') = 'reinstatement' as integer
    ) as numerator,
    1 as denominator
from policies
where policies.policy_number not in (
    select changes.policy_number from changes
    where changes.servicing_type in ('free_look_cancellation', 'death_claim_termination')
)
