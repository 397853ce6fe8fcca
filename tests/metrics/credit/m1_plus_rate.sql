-- M1+逾期率: unpaid principal of loans with an instalment a day or more past due, over unpaid principal of all loans, at the end of
-- the period; loans written off are left out.
with unpaid as (
    select
        periods.grain,
        periods.period_start_date,
        least(periods.period_end_date, as_of.as_of_date) as end_date,
        instalment.loan_number,
        sum(instalment.principal_due_amount) as principal,
        max(least(periods.period_end_date, as_of.as_of_date) - instalment.due_date) as days
    from periods
    cross join as_of
    inner join latest.instalment as instalment
        on instalment.paid_date is null or instalment.paid_date > least(periods.period_end_date, as_of.as_of_date)
    where periods.grain <> 'day'
    group by all
),

books as (
    select
        unpaid.*,
        loan.organisation_code,
        loan.channel_code,
        loan.product_code
    from unpaid
    inner join latest.loan as loan on unpaid.loan_number = loan.loan_number and unpaid.end_date >= loan.disbursed_date
    where not exists (
        select 1 from latest.write_off as write_off
        where write_off.loan_number = loan.loan_number and write_off.written_off_date <= unpaid.end_date
    )
)

select
    grain,
    period_start_date,
    organisation_code,
    channel_code,
    product_code,
    case when days >= 1 then principal else 0 end as numerator,
    principal as denominator
from books
