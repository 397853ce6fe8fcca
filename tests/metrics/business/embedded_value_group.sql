-- 集团内含价值: adjusted net worth and value in force less the cost of capital at the last valuation date of the period of the group.
with valuations as (
    select periods.grain, periods.period_start_date, valuation.*,
        max(valuation.valuation_date) over (partition by periods.grain, periods.period_start_date) as last_date
    from periods
    inner join raw.finance.embedded_value as valuation
        on valuation.valuation_date between periods.period_start_date and periods.period_end_date
)

select valuations.grain, valuations.period_start_date, valuations.organisation_code,
    adjusted_net_worth_amount + value_in_force_amount - cost_of_capital_amount as numerator, null as denominator
from valuations
inner join latest.organisation as organisation on valuations.organisation_code = organisation.organisation_code
where valuations.valuation_date = valuations.last_date and organisation.organisation_level = 0
