-- 30+DPD逾期率: unpaid principal of loans with an instalment unpaid 30 days or more after its due date,
-- over unpaid principal of all loans, at the end of the period; loans written off by then are left out.
with unpaid as (
    select
        periods.grain,
        periods.period_start_date,
        periods.period_end_date,
        instalment.loan_number,
        instalment.principal_due_amount,
        periods.period_end_date - instalment.due_date as days_past_due
    from latest.instalment as instalment
    inner join periods on instalment.paid_date is null or instalment.paid_date > periods.period_end_date
),

loans as (
    select
        grain,
        period_start_date,
        period_end_date,
        loan_number,
        sum(principal_due_amount) as principal,
        max(days_past_due) as days
    from unpaid
    group by all
)

select
    loans.grain,
    loans.period_start_date,
    loan.organisation_code,
    loan.channel_code,
    loan.product_code,
    case when loans.days >= 30 then loans.principal else 0 end as numerator,
    loans.principal as denominator
from loans
inner join latest.loan as loan on loans.loan_number = loan.loan_number
where
    loan.disbursed_date <= loans.period_end_date
    and not exists (
        select 1 from latest.write_off as write_off
        where write_off.loan_number = loans.loan_number and write_off.written_off_date <= loans.period_end_date
    )
