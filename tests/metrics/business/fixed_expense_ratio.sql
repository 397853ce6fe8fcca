-- 固定费用率: expenses of the accounts marked as fixed of insurers over standard premium.
select
    entry.accounting_date as business_date,
    entry.organisation_code,
    entry.debit_amount - entry.credit_amount as numerator,
    null::decimal(18, 2) as denominator
from raw.finance.ledger_entry as entry
inner join latest.ledger_account as account on entry.account_code = account.account_code
inner join latest.organisation as organisation on entry.organisation_code = organisation.organisation_code
where organisation.company_type in ('life', 'property') and (account.is_fixed)
union all
select
    period_start_date as business_date,
    organisation_code,
    null as numerator,
    numerator as denominator
from checked.standard_premium
where grain = 'day'
