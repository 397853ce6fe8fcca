-- 自保互保件占比: first-year premium of personal covers on which policyholder, insured or beneficiary is the salesperson, or spouse,
-- parent or child of the salesperson (self), or another agent of the same branch employed on the day of issue (mutual), over all
-- first-year premium of personal covers, by booking date.
with people_of_policies as (
    select
        policy.policy_number,
        customer.id_number
    from raw.policy_admin.policy as policy
    inner join latest.customer as customer on policy.customer_id = customer.customer_id
    union all
    select
        policy_number,
        id_number
    from raw.policy_admin.policy_party
),

policies as (
    select
        policy.*,
        seller_tree.branch_code,
        exists (
            select 1 from people_of_policies as party
            inner join latest.employee as seller on party.id_number = seller.id_number
            where party.policy_number = policy.policy_number and seller.employee_code = policy.employee_code
        )
        or exists (
            select 1 from people_of_policies as party
            inner join raw.compliance.salesperson_relation as relative on party.id_number = relative.relative_id_number
            where
                party.policy_number = policy.policy_number and relative.employee_code = policy.employee_code
                and relative.relation in ('spouse', 'parent', 'child')
        ) as is_self,
        exists (
            select 1 from people_of_policies as party
            inner join latest.employee as colleague on party.id_number = colleague.id_number
            inner join organisation_tree as colleague_tree on colleague.organisation_code = colleague_tree.organisation_code
            where
                party.policy_number = policy.policy_number and colleague.employee_type = 'agent'
                and colleague.employee_code <> policy.employee_code
                and colleague_tree.branch_code = seller_tree.branch_code
                and colleague.hired_date <= policy.issue_date
                and (colleague.left_date is null or colleague.left_date >= policy.issue_date)
        ) as is_mutual
    from raw.policy_admin.policy as policy
    inner join organisation_tree as seller_tree on policy.organisation_code = seller_tree.organisation_code
)

select
    periods.grain,
    periods.period_start_date,
    periods.period_end_date,
    policies.organisation_code,
    policies.channel_code,
    policies.product_code,
    coalesce(policies.intermediary_code, '(unknown)') as intermediary_code,
    case when policies.is_self or policies.is_mutual then payment.premium_amount else 0 end as numerator,
    payment.premium_amount as denominator
from raw.policy_admin.premium_payment as payment
inner join policies on payment.policy_number = policies.policy_number
inner join latest.product as product on policies.product_code = product.product_code
inner join periods
    on periods.grain <> 'day' and payment.accounting_date between periods.period_start_date and periods.period_end_date
where payment.policy_year = 1 and product.product_line in ('life', 'annuity', 'health', 'accident')
