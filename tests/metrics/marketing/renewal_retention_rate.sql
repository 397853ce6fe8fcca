-- 续保率: covers of a year or less that fell due (the day after the last day) and were not given up by then; those renewed within 30
-- days of it.
with short_covers as (
    select policy.*, product.product_line, people.segment_code
    from raw.policy_admin.policy as policy
    inner join latest.product as product
        on policy.product_code = product.product_code and not product.is_long_term and not product.is_micro_premium
    left join people on policy.customer_id = people.customer_id
),

completed as (
    select * from latest.servicing_request where request_status = 'completed'
),

terms as (
    select policy_number, expiry_date as last_day from short_covers
    union
    select completed.policy_number, completed.new_expiry_date from completed
    inner join short_covers using (policy_number)
    where completed.servicing_type = 'renewal'
),

due as (
    select
        short_covers.*, terms.last_day,
        exists (
            select 1 from completed
            where completed.policy_number = terms.policy_number and completed.servicing_type = 'renewal'
                and completed.new_expiry_date > terms.last_day and completed.completed_date <= terms.last_day + 31
        ) as is_renewed,
        exists (
            select 1 from raw.claims.claim as claim
            where claim.policy_number = terms.policy_number and claim.loss_date <= terms.last_day
                and claim.loss_date > terms.last_day - interval 12 month
        ) as has_claim
    from terms
    inner join short_covers using (policy_number)
    cross join as_of
    where terms.last_day + 1 <= as_of.as_of_date and coalesce((
        select arg_max(change.servicing_type, change.applied_date) from completed as change
        where change.policy_number = terms.policy_number and change.applied_date <= terms.last_day + 1
            and change.servicing_type in ('free_look_cancellation', 'surrender', 'lapse', 'reinstatement', 'death_claim_termination')
    ), 'reinstatement') = 'reinstatement'
)

select
    cast(last_day + 1 as date) as business_date, organisation_code, channel_code, product_code, segment_code,
    cast(is_renewed as integer) as numerator, 1 as denominator
from due
