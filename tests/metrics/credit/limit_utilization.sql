-- 授信额度使用率: at the end of the period (or the as-of date), unpaid principal of the customers whose limit is above nought, over
-- those limits; loans written off by then are left out.
with ends as (
    select
        periods.grain,
        periods.period_start_date,
        least(periods.period_end_date, as_of.as_of_date) as end_date
    from periods
    cross join as_of
),

limits as (
    select
        ends.grain,
        ends.period_start_date,
        ends.end_date,
        changes.customer_id,
        arg_max(changes.credit_limit_amount, (changes.changed_date, changes.change_number)) as limit_amount
    from ends
    inner join raw.lending.credit_limit as changes on ends.end_date >= changes.changed_date
    group by all
    having limit_amount > 0
),

unpaid as (
    select
        ends.grain,
        ends.period_start_date,
        loan.customer_id,
        sum(instalment.principal_due_amount) as unpaid_amount
    from ends
    inner join latest.loan as loan on ends.end_date >= loan.disbursed_date
    inner join latest.instalment as instalment
        on
            loan.loan_number = instalment.loan_number
            and (instalment.paid_date is null or instalment.paid_date > ends.end_date)
    where not exists (
        select 1 from latest.write_off as write_off
        where write_off.loan_number = loan.loan_number and write_off.written_off_date <= ends.end_date
    )
    group by all
)

select
    limits.grain,
    limits.period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    coalesce(people.segment_code, '(unknown)') as segment_code,
    coalesce(unpaid.unpaid_amount, 0) as numerator,
    limits.limit_amount as denominator
from limits
left join unpaid
    on
        limits.grain = unpaid.grain and limits.period_start_date = unpaid.period_start_date
        and limits.customer_id = unpaid.customer_id
left join people on limits.customer_id = people.customer_id
