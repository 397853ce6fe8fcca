-- 新业务价值(精算): what the actuaries of life companies report for each half-year, in the period of the valuation.
select valuation.valuation_date as business_date, valuation.organisation_code, valuation.new_business_value_amount as numerator, null as denominator
from raw.finance.embedded_value as valuation
inner join latest.organisation as organisation on valuation.organisation_code = organisation.organisation_code
where organisation.organisation_level = 1
