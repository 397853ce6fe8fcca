-- Type_risk of the Spanish motor portfolio, whose products cover one year and are renewed; one product for each other insurer.
from (
    values
    ('MOTORBIKE', '摩托车险', 'Motorbike', 'motor', 'SEGURA', 'none', false),
    ('VAN', '货车险', 'Van', 'motor', 'SEGURA', 'none', false),
    ('CAR', '乘用车险', 'Passenger car', 'motor', 'SEGURA', 'none', false),
    ('AGRICULTURAL', '农用车险', 'Agricultural vehicle', 'motor', 'SEGURA', 'none', false),
    ('FRENCH_CAR', '法国乘用车险', 'French passenger car', 'motor', 'FREMOTOR', 'none', false),
    ('WHOLE_LIFE', '终身寿险', 'Whole life', 'life', 'USLIFE', 'traditional', true),
    ('UNIT_LINKED', '投资连结险', 'Unit-linked', 'life', 'EULINK', 'unit_linked', true)
) as products(product_code, product_name_zh, product_name_en, product_line, organisation_code, design_type, is_long_term)
select
    *, true as is_insurance_contract, false as is_micro_premium, date '1980-01-01' as launched_date,
    date '2015-01-01' as updated_date
