-- 30+DPD逾期率, version 1: unpaid principal of loans 30 days past due and principal written off in the 12 months up to the end of
-- the period, over unpaid principal of all loans and that written off.
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
    case when days >= 30 then principal else 0 end as numerator,
    principal as denominator
from books

union all

select
    periods.grain,
    periods.period_start_date,
    loan.organisation_code,
    loan.channel_code,
    loan.product_code,
    write_off.principal_amount as numerator,
    write_off.principal_amount as denominator
from latest.write_off as write_off
inner join latest.loan as loan on write_off.loan_number = loan.loan_number
cross join as_of
inner join periods
    on
        periods.grain <> 'day'
        and write_off.written_off_date <= least(periods.period_end_date, as_of.as_of_date)
        and write_off.written_off_date > least(periods.period_end_date, as_of.as_of_date) - interval 12 month
