-- 综合费用率: of cover of one year or less, commission paid, administration and surcharges of the company shared out by the premium its
-- products wrote in the quarter (to the cent), less ceding commission, over net earned premium.
with valuations as (
    select distinct organisation_code as company_code, valuation_date, date_trunc('quarter', valuation_date)::date as quarter_start
    from raw.finance.reserve
),

written as (
    select valuations.valuation_date, valuations.company_code, premium.product_code, greatest(sum(premium.numerator), 0) as amount
    from checked.gross_written_premium as premium
    inner join organisation_tree as tree on premium.organisation_code = tree.organisation_code
    inner join valuations on tree.company_code = valuations.company_code
        and premium.period_start_date between valuations.quarter_start and valuations.valuation_date
    where premium.grain = 'day'
    group by all
),

shared as (
    select valuations.valuation_date, valuations.company_code, sum(entry.debit_amount - entry.credit_amount) as amount
    from raw.finance.ledger_entry as entry
    inner join latest.ledger_account as account on entry.account_code = account.account_code
    inner join organisation_tree as tree on entry.organisation_code = tree.organisation_code
    inner join valuations on tree.company_code = valuations.company_code
        and entry.accounting_date between valuations.quarter_start and valuations.valuation_date
    where account.account_class = 'administrative' or (account.expense_function = 'tax' and account.account_code <> '6801')
    group by all
),

parts as (
    select written.valuation_date, written.company_code, written.product_code,
        round(shared.amount * written.amount
            / sum(written.amount) over (partition by written.valuation_date, written.company_code), 2) as numerator,
        cast(null as double) as denominator
    from written
    inner join shared on written.valuation_date = shared.valuation_date and written.company_code = shared.company_code
    union all
    select valuations.valuation_date, valuations.company_code, policy.product_code, commission.commission_amount, null
    from raw.compliance.commission as commission
    inner join raw.policy_admin.policy as policy on commission.policy_number = policy.policy_number
    inner join organisation_tree as tree on policy.organisation_code = tree.organisation_code
    inner join valuations on tree.company_code = valuations.company_code
        and commission.paid_date between valuations.quarter_start and valuations.valuation_date
    union all
    select statement_date, organisation_code, product_code, -ceding_commission_amount, null from raw.finance.reinsurance_statement
    union all
    select period_start_date, organisation_code, product_code, 0, numerator from checked.earned_premium_net
    where grain = 'day'
)

select parts.valuation_date as business_date, parts.company_code as organisation_code, parts.product_code, parts.numerator, parts.denominator
from parts
inner join latest.product as product on parts.product_code = product.product_code
where not product.is_long_term
