-- 违约概率PD: mean of the card's probability times the calibration factor, over the loans disbursed whose borrower is scored, by
-- month of disbursement.
select
    periods.grain,
    periods.period_start_date,
    periods.period_end_date,
    loan.organisation_code,
    loan.channel_code,
    loan.product_code,
    people.segment_code,
    scores.probability_of_default * parameters.default_calibration_ratio as numerator,
    1 as denominator
from latest.loan as loan
inner join scores on loan.loan_number = scores.loan_number
cross join seeds.credit_parameters as parameters
inner join periods
    on periods.grain <> 'day' and loan.disbursed_date between periods.period_start_date and periods.period_end_date
left join people on loan.customer_id = people.customer_id
