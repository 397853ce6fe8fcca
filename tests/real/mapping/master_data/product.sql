-- Type_risk of the motor portfolio; every product covers one year and is renewed.
from (
    values
    ('MOTORBIKE', '摩托车险', 'Motorbike'), ('VAN', '货车险', 'Van'), ('CAR', '乘用车险', 'Passenger car'),
    ('AGRICULTURAL', '农用车险', 'Agricultural vehicle')
) as products(product_code, product_name_zh, product_name_en)
select
    *, 'motor' as product_line, 'SEGURA' as organisation_code, 'none' as design_type, true as is_insurance_contract,
    false as is_long_term, false as is_micro_premium, date '1980-01-01' as launched_date, date '2015-01-01' as updated_date
