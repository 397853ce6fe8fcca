-- 长险提额率: of the customers with a limit, by the first long-term policy they bought after it was granted (free-look cancellations
-- apart), the share whose limit was raised for that policy within 30 days; by issue date, once 30 days have passed.
with buyers as (
    select
        changes.customer_id,
        arg_min(policy.policy_number, (policy.issue_date, policy.policy_number)) as policy_number
    from (
        select
            customer_id,
            min(changed_date) as granted_date
        from raw.lending.credit_limit
        where credit_limit_amount > 0
        group by customer_id
    ) as changes
    inner join people as borrower on changes.customer_id = borrower.customer_id
    inner join people as holder on borrower.person = holder.person
    inner join raw.policy_admin.policy as policy
        on holder.customer_id = policy.customer_id and changes.granted_date < policy.issue_date
    inner join latest.product as product on policy.product_code = product.product_code
    where
        product.is_long_term
        and not exists (
            select 1 from latest.servicing_request as request
            where
                request.policy_number = policy.policy_number and request.request_status = 'completed'
                and request.servicing_type = 'free_look_cancellation'
        )
    group by changes.customer_id
),

judged as (
    select
        policy.*,
        (
            select sum(rise.credit_limit_amount - rise.previous_limit_amount) from raw.lending.credit_limit as rise
            where
                rise.customer_id = buyers.customer_id and rise.change_kind = 'policy_uplift'
                and rise.long_term_policy_number = buyers.policy_number
                and rise.credit_limit_amount > rise.previous_limit_amount
                and rise.changed_date between policy.issue_date and policy.issue_date + 30
        ) as uplift_amount
    from buyers
    inner join raw.policy_admin.policy as policy on buyers.policy_number = policy.policy_number
    cross join as_of
    where policy.issue_date + 30 <= as_of.as_of_date
)

select
    issue_date as business_date,
    organisation_code,
    channel_code,
    product_code,
    cast(uplift_amount is not null as integer) as numerator,
    1 as denominator
from judged
