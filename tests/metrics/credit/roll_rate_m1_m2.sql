-- 迁徙率 M1→M2: of the loans 1 to 29 days past due at the end of the month before, the unpaid principal of those more than 29 days past
-- due at the end of the month, or what was owed by those written off in it, over their unpaid principal then.
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
    month_ends.month_end + 1 as business_date,
    loan.organisation_code,
    loan.channel_code,
    loan.product_code,
    case
        when write_off.loan_number is not null then month_ends.principal
        when later.days > 29 then later.principal
        else 0
    end as numerator,
    month_ends.principal as denominator
from month_ends
inner join latest.loan as loan on month_ends.loan_number = loan.loan_number
cross join as_of
left join month_ends as later
    on month_ends.loan_number = later.loan_number and last_day(month_ends.month_end + 1) = later.month_end
left join latest.write_off as write_off
    on
        month_ends.loan_number = write_off.loan_number
        and write_off.written_off_date between month_ends.month_end + 1 and last_day(month_ends.month_end + 1)
where month_ends.days between 1 and 29 and last_day(month_ends.month_end + 1) <= as_of.as_of_date
