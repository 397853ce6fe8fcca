-- combine: distinct
-- 有效客户数: people (one per identity number) who at the end of the period have a policy in force or money in an
-- account by the latest snapshot taken at a month end; counted once in every organisation, and once in the
-- group. One row per contract they hold.
with changes as (
    select * from latest.servicing_request
    where request_status = 'completed'
),

states as (
    select
        periods.grain,
        periods.period_start_date,
        periods.period_end_date,
        policy.*,
        coalesce((
            select max(changes.new_expiry_date) from changes
            where
                changes.policy_number = policy.policy_number and changes.servicing_type = 'renewal'
                and changes.completed_date <= periods.period_end_date
        ), policy.expiry_date) as last_day,
        (
            select arg_max(changes.servicing_type, changes.completed_date) from changes
            where
                changes.policy_number = policy.policy_number and changes.completed_date <= periods.period_end_date
                and changes.servicing_type in (
                    'free_look_cancellation', 'surrender', 'lapse', 'reinstatement', 'expiry', 'death_claim_termination'
                )
        ) as last_change
    from periods
    inner join raw.policy_admin.policy as policy
        on periods.period_end_date >= policy.effective_date and periods.period_end_date >= policy.issue_date
),

snapshots as (
    select
        balance_date,
        coalesce(lead(balance_date) over (order by balance_date), date '9999-12-31') as next_balance_date
    from (
        select distinct balance.balance_date from raw.account.account_balance as balance
        where balance.balance_date = last_day(balance.balance_date)
    )
),

contracts as (
    select
        grain,
        period_start_date,
        period_end_date,
        customer_id,
        organisation_code,
        product_code,
        policy_number as contract_number
    from states
    where coalesce(last_day, period_end_date) >= period_end_date and coalesce(last_change, 'reinstatement') = 'reinstatement'
    union all
    select
        periods.grain,
        periods.period_start_date,
        periods.period_end_date,
        account.customer_id,
        customer.organisation_code,
        'ACCOUNT',
        balance.account_number
    from periods
    inner join snapshots
        on periods.period_end_date >= snapshots.balance_date and periods.period_end_date < snapshots.next_balance_date
    inner join raw.account.account_balance as balance on snapshots.balance_date = balance.balance_date
    inner join latest.account as account on balance.account_number = account.account_number
    inner join latest.customer as customer on account.customer_id = customer.customer_id
    where balance.balance_amount + balance.money_fund_amount > 0
)

select
    contracts.grain,
    contracts.period_start_date,
    contracts.period_end_date,
    contracts.organisation_code,
    null as channel_code,
    contracts.product_code,
    people.segment_code,
    people.person,
    contracts.contract_number,
    people.person as numerator,
    null as denominator
from contracts
inner join people on contracts.customer_id = people.customer_id
