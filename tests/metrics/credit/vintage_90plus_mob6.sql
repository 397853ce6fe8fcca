-- Vintage 90+ (MOB 6): principal unpaid when a loan was first 90 days past due at a month end up to the end of month 6 after the
-- month of disbursement, over principal disbursed; by month 6.
with month_ends as (
    select
        loan.loan_number,
        loan.disbursed_date,
        months.period_start_date,
        months.period_end_date as month_end,
        sum(instalment.principal_due_amount) as principal,
        greatest(max(months.period_end_date - instalment.due_date), 0) as days
    from latest.loan as loan
    inner join latest.instalment as instalment on loan.loan_number = instalment.loan_number
    cross join as_of
    inner join periods as months
        on
            months.grain = 'month' and months.period_end_date <= as_of.as_of_date
            and months.period_end_date >= loan.disbursed_date
            and (instalment.paid_date is null or instalment.paid_date > months.period_end_date)
    left join latest.write_off as write_off on loan.loan_number = write_off.loan_number
    where write_off.written_off_date is null or write_off.written_off_date > months.period_end_date
    group by all
)

select
    last_day(date_trunc('month', loan.disbursed_date) + interval 6 month) as business_date,
    loan.organisation_code,
    loan.channel_code,
    loan.product_code,
    coalesce((
        select arg_min(month_ends.principal, month_ends.month_end) from month_ends
        where
            month_ends.loan_number = loan.loan_number and month_ends.days >= 90
            and month_ends.month_end <= last_day(date_trunc('month', loan.disbursed_date) + interval 6 month)
    ), 0) as numerator,
    loan.principal_amount as denominator
from latest.loan as loan
cross join as_of
where
    loan.disbursed_date is not null
    and last_day(date_trunc('month', loan.disbursed_date) + interval 6 month) <= as_of.as_of_date
