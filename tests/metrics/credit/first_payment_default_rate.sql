-- 首期逾期率(FPD7): first instalments still unpaid 7 days after their due date, over first instalments due in the period
-- whose 7 days have passed.
select
    instalment.due_date as business_date,
    loan.organisation_code,
    loan.channel_code,
    loan.product_code,
    coalesce(cast(instalment.paid_date > instalment.due_date + 7 as integer), 1) as numerator,
    1 as denominator
from latest.instalment as instalment
inner join latest.loan as loan on instalment.loan_number = loan.loan_number
cross join as_of
where instalment.instalment_number = 1 and instalment.due_date + 7 <= as_of.as_of_date
