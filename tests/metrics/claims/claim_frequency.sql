-- combine: value
-- 满期出险率: (claims / policies) / (earned premium / written premium) of the terms of cover that began in the period. Motor, health,
-- accident and broken-screen covers of one year or less; each renewal is a term; premium is earned by the day until the as-of date
-- or until the cover is given up for good; claims withdrawn or closed at zero are left out.
with covers as (
    select policy.*
    from raw.policy_admin.policy as policy
    inner join latest.product as product on policy.product_code = product.product_code
    where product.product_line in ('motor', 'health', 'accident', 'broken_screen') and not product.is_long_term
),

begun as (
    select
        policy_number,
        effective_date as first_day,
        premium_amount as written
    from covers
    union all
    -- Short covers of the fixture are paid at once, so the premium of a later policy year is that of the renewal.
    select
        payment.policy_number,
        min(payment.due_date) as first_day,
        sum(payment.premium_amount) as written
    from raw.policy_admin.premium_payment as payment
    inner join covers on payment.policy_number = covers.policy_number
    where payment.policy_year > 1
    group by payment.policy_number, payment.policy_year
),

terms as (
    select
        begun.*,
        begun.first_day + (covers.expiry_date - covers.effective_date)::integer as last_day
    from begun
    inner join covers on begun.policy_number = covers.policy_number
),

changes as (
    select
        policy_number,
        completed_date as change_date,
        servicing_type = 'reinstatement' as is_covered
    from latest.servicing_request
    where
        request_status = 'completed'
        and servicing_type in ('surrender', 'lapse', 'free_look_cancellation', 'death_claim_termination', 'reinstatement')
),

measured as (
    select
        terms.*,
        (
            select if(arg_max(changes.is_covered, changes.change_date), null, max(changes.change_date))
            from changes
            where changes.policy_number = terms.policy_number and changes.change_date between terms.first_day and terms.last_day
        ) as given_up,
        (
            select count(*)
            from raw.claims.claim as claim
            where
                claim.policy_number = terms.policy_number and claim.loss_date between terms.first_day and terms.last_day
                and not exists (
                    select 1 from raw.claims.claim_stage_event as closing
                    where
                        closing.claim_number = claim.claim_number and closing.stage = 'closed'
                        and closing.conclusion in ('zero', 'withdrawn')
                )
        ) as claims
    from terms
),

earned as (
    select
        measured.*,
        round(
            written * (least(coalesce(given_up - 1, last_day), as_of.as_of_date) - first_day + 1) / (last_day - first_day + 1), 2
        ) as earned
    from measured
    cross join as_of
    where first_day <= as_of.as_of_date
)

select
    periods.grain,
    periods.period_start_date,
    case grouping(tree.company_code, tree.branch_code, covers.product_code)
        when 7 then 'total'
        when 3 then 'company'
        when 5 then 'organisation'
        when 6 then 'product'
        when 2 then 'company+product'
        when 4 then 'organisation+product'
    end as dimension_set,
    coalesce(tree.branch_code, tree.company_code) as organisation_code,
    covers.product_code,
    sum(earned.claims) / count(*) / nullif(sum(earned.earned) / sum(earned.written), 0) as value
from earned
inner join covers on earned.policy_number = covers.policy_number
inner join organisation_tree as tree on covers.organisation_code = tree.organisation_code
inner join periods on earned.first_day between periods.period_start_date and periods.period_end_date
group by grouping sets (
    (periods.grain, periods.period_start_date),
    (periods.grain, periods.period_start_date, tree.company_code),
    (periods.grain, periods.period_start_date, tree.branch_code),
    (periods.grain, periods.period_start_date, covers.product_code),
    (periods.grain, periods.period_start_date, tree.company_code, covers.product_code),
    (periods.grain, periods.period_start_date, tree.branch_code, covers.product_code)
)
