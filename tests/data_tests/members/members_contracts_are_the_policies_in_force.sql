-- Detects policies that were lost or doubled on the way to their customers at a month end.
-- Guards the assumption that the stretches in force by policy follow the rule by which policies in force are counted.
-- A returned row is a month end and organisation with policies of customers other than its policies in force, with both counts.
with

by_customer as (

    select
        month_ends.snapshot_date,
        contract_spells.organisation_code,
        count(*) as policy_count
    from {{ ref('int_members__contract_spells') }} as contract_spells
    inner join {{ ref('int_members__month_ends') }} as month_ends
        on
            contract_spells.started_date <= month_ends.snapshot_date
            and coalesce(contract_spells.ended_date, date '9999-12-31') > month_ends.snapshot_date
    where contract_spells.product_line <> 'account'
    group by month_ends.snapshot_date, contract_spells.organisation_code

),

in_force as (

    select
        in_force_days.snapshot_date,
        in_force_days.organisation_code,
        sum(in_force_days.in_force_policy_count) as policy_count
    from {{ ref('agg_policies_in_force_daily') }} as in_force_days
    inner join {{ ref('int_members__month_ends') }} as month_ends on in_force_days.snapshot_date = month_ends.snapshot_date
    group by in_force_days.snapshot_date, in_force_days.organisation_code
    having sum(in_force_days.in_force_policy_count) <> 0

),

differing as (

    select
        coalesce(by_customer.snapshot_date, in_force.snapshot_date) as snapshot_date,
        coalesce(by_customer.organisation_code, in_force.organisation_code) as organisation_code,
        by_customer.policy_count as customer_policy_count,
        in_force.policy_count as in_force_policy_count
    from by_customer
    full join in_force
        on
            by_customer.snapshot_date = in_force.snapshot_date
            and by_customer.organisation_code = in_force.organisation_code
    where by_customer.policy_count is distinct from in_force.policy_count

)

select * from differing
