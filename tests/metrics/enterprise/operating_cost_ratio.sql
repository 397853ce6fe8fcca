-- 规模运营成本率: expenses of the accounts of operations of insurers over scale premium.
select
    entry.accounting_date as business_date,
    entry.organisation_code,
    entry.debit_amount - entry.credit_amount as numerator,
    null::decimal(18, 2) as denominator
from raw.finance.ledger_entry as entry
inner join latest.ledger_account as account on entry.account_code = account.account_code
inner join latest.organisation as organisation on entry.organisation_code = organisation.organisation_code
where organisation.company_type in ('life', 'property') and (account.expense_function = 'operations')
union all
select
    period_start_date as business_date,
    organisation_code,
    null as numerator,
    numerator as denominator
from checked.gross_scale_premium
where grain = 'day'
