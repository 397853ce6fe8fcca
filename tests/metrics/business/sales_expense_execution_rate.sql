-- 销售费用执行率: sales expenses booked over the budget of the quarter.
with accounts as (
    select * from latest.ledger_account
    where expense_function = 'sales'
)

select
    entry.accounting_date as business_date,
    entry.organisation_code,
    coalesce(entry.channel_code, '(unknown)') as channel_code,
    entry.debit_amount - entry.credit_amount as numerator,
    0 as denominator
from raw.finance.ledger_entry as entry
inner join accounts on entry.account_code = accounts.account_code
union all
select
    budget.period_start_date,
    budget.organisation_code,
    coalesce(budget.channel_code, '(unknown)'),
    0,
    budget.budget_amount
from raw.finance.budget as budget
inner join accounts on budget.account_code = accounts.account_code
