-- What the scenario covers promise, as the product sheet has it: amounts and thresholds, beside what the trade does.
create table delivery.scenario__product_parameter as
with parameters(product_code, parameter_code, parameter_basis, parameter_level, unit_code) as (
    values
    ('FLIGHT_DELAY', 'premium', 'contract', 25.0, 'yuan'), ('FLIGHT_DELAY', 'delay_threshold', 'contract', 120.0, 'minutes'),
    ('FLIGHT_DELAY', 'delay_threshold', 'own_site', 60.0, 'minutes'), ('FLIGHT_DELAY', 'delay_threshold', 'trade', 240.0, 'minutes'),
    ('FLIGHT_DELAY', 'maximum_payout', 'contract', 300.0, 'yuan'), ('RETURN_FREIGHT', 'cover_period', 'contract', 25.0, 'days'),
    ('RETURN_FREIGHT', 'maximum_payout', 'contract', 12.0, 'yuan'), ('HEAT37', 'heat_threshold', 'contract', 37.0, 'celsius'),
    ('HEAT37', 'daily_payout', 'contract', 5.0, 'yuan'), ('HEAT37', 'maximum_payout', 'contract', 100.0, 'yuan'),
    ('RAIN_DAY', 'rain_threshold', 'contract', 10.0, 'millimetres'), ('RAIN_DAY', 'payout_per_person', 'contract', 10.0, 'yuan'),
    ('RAIN_DAY', 'fastest_payment', 'contract', 120.0, 'minutes'), ('BROKEN_SCREEN', 'cover_period', 'contract', 365.0, 'days')
),

delivered as (
    select product_code, min(dt) as dt from delivery.master_data__product group by product_code
)

select
    delivered.dt,
    parameters.product_code,
    parameters.parameter_code,
    parameters.parameter_basis,
    parameters.parameter_level,
    parameters.unit_code,
    -- Sheets are drawn up a few weeks before the product master knows them.
    delivered.dt - whole('parameter_sheet', hash(parameters.product_code) >> 2, 10, 40) as updated_date
from parameters
inner join delivered on delivered.product_code = parameters.product_code;
