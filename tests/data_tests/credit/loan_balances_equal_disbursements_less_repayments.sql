-- Detects: principal lost or counted twice in the month-end balances.
-- Guards: at the latest snapshot, what is outstanding is what was disbursed less the principal of instalments paid; loans
-- repaid beyond their principal, and those written off, are left out on both sides.
-- A returned row is a product whose balance differs.
with

loans as (

    select * from {{ ref('fct_loans') }}
    where
        disbursed_date is not null and principal_amount > 0
        and loan_number not in (select write_offs.loan_number from {{ ref('stg_lending__write_offs') }} as write_offs)

),

repaid as (

    select
        loan_number,
        sum(principal_due_amount) as repaid_principal_amount
    from {{ ref('fct_instalments') }}
    where is_paid
    group by loan_number

),

expected as (

    select
        loans.product_code,
        sum(greatest(loans.principal_amount - coalesce(repaid.repaid_principal_amount, 0), 0)) as expected_amount
    from loans
    left join repaid on loans.loan_number = repaid.loan_number
    group by loans.product_code

),

balances as (

    select
        product_code,
        sum(outstanding_principal_amount) as balance_amount
    from {{ ref('agg_loan_balances_monthly') }}
    where snapshot_date = (select max(latest.snapshot_date) from {{ ref('agg_loan_balances_monthly') }} as latest)
    group by product_code

),

differing as (

    select
        expected.product_code,
        expected.expected_amount,
        balances.balance_amount
    from expected
    left join balances on expected.product_code = balances.product_code
    where expected.expected_amount <> coalesce(balances.balance_amount, 0)

)

select * from differing
