-- 承保利润: what insurers earn and spend apart from investments, fees and income tax, in quarters with a balance sheet, by company.
select sheet.balance_date as business_date, sheet.organisation_code, 
    case
        when company.company_type in ('life', 'property')
            and account.expense_function not in ('investment', 'service') and account.account_code <> '6801'
            then entry.credit_amount - entry.debit_amount else 0
    end as numerator, null as denominator
from raw.finance.ledger_entry as entry
inner join latest.ledger_account as account on entry.account_code = account.account_code
inner join organisation_tree as tree on entry.organisation_code = tree.organisation_code
inner join latest.organisation as company on tree.company_code = company.organisation_code
inner join raw.finance.balance_sheet_item as sheet
    on tree.company_code = sheet.organisation_code and sheet.item_code = 'net_assets'
    and entry.accounting_date between date_trunc('quarter', sheet.balance_date) and sheet.balance_date
where account.account_class not in ('asset', 'liability', 'equity')
