-- What the group sells. A product behaves like one of the archetypes that the later steps describe, at a factor of its price.
create table world.product as
from (
    values
    ('LIFE_WHOLE', '安心终身寿险', 'Whole Life', 'life', 'LIFE', 'traditional', true, true, false, 'protection', date '2012-03-01', 'LIFE_WHOLE', 1.0),
    ('LIFE_TERM', '守护定期寿险', 'Term Life', 'life', 'LIFE', 'traditional', true, true, false, 'protection', date '2013-05-01', 'LIFE_WHOLE', 0.70),
    ('LIFE_ENDOW', '福瑞两全保险（分红型）', 'Endowment, Participating', 'life', 'LIFE', 'participating', true, true, false, 'savings', date '2012-06-01', 'LIFE_ENDOW', 1.0),
    ('LIFE_INCREASING', '传家增额终身寿险', 'Increasing Whole Life', 'life', 'LIFE', 'traditional', true, true, false, 'savings', date '2019-04-01', 'LIFE_ENDOW', 1.2),
    ('LIFE_CHILD', '成长两全保险', 'Child Endowment', 'life', 'LIFE', 'participating', true, true, false, 'savings', date '2014-09-01', 'LIFE_ENDOW', 0.7),
    ('LIFE_UNIVERSAL', '聚宝终身寿险（万能型）', 'Universal Life', 'life', 'LIFE', 'universal', true, true, false, 'savings', date '2012-09-01', 'LIFE_UNIVERSAL', 1.0),
    ('LIFE_UNIT_LINKED', '锐进终身寿险（投资连结型）', 'Unit-linked Life', 'life', 'LIFE', 'unit_linked', true, true, false, 'savings', date '2015-04-01', 'LIFE_UNIVERSAL', 1.1),
    ('LIFE_FLEX', '汇享两全保险（万能型）', 'Flexible Endowment', 'life', 'LIFE', 'universal', true, true, false, 'savings', date '2016-05-01', 'LIFE_UNIVERSAL', 1.0),
    ('ANNUITY_PENSION', '颐年养老年金', 'Pension Annuity', 'annuity', 'LIFE', 'participating', true, true, false, 'savings', date '2012-10-01', 'ANNUITY_PENSION', 1.0),
    ('ANNUITY_EDU', '学成教育年金', 'Education Annuity', 'annuity', 'LIFE', 'participating', true, true, false, 'savings', date '2014-03-01', 'ANNUITY_PENSION', 0.6),
    ('ANNUITY_TAX', '税延养老年金', 'Tax-deferred Pension', 'annuity', 'LIFE', 'participating', true, true, false, 'savings', date '2018-06-01', 'ANNUITY_PENSION', 0.8),
    ('HEALTH_CRITICAL', '康护重大疾病保险', 'Critical Illness', 'health', 'LIFE', 'traditional', true, true, false, 'protection', date '2012-05-01', 'HEALTH_CRITICAL', 1.0),
    ('HEALTH_CANCER', '安康防癌保险', 'Cancer Cover', 'health', 'LIFE', 'traditional', true, true, false, 'protection', date '2015-06-01', 'HEALTH_CRITICAL', 0.75),
    ('HEALTH_CHILD', '少儿重大疾病保险', 'Child Critical Illness', 'health', 'LIFE', 'traditional', true, true, false, 'protection', date '2016-03-01', 'HEALTH_CRITICAL', 0.70),
    ('HEALTH_CARE', '长期护理保险', 'Long-term Care', 'health', 'LIFE', 'traditional', true, true, false, 'protection', date '2017-09-01', 'HEALTH_CRITICAL', 0.9),
    ('HEALTH_MEDICAL', '百万医疗保险', 'One-year Medical', 'health', 'LIFE', 'traditional', true, false, false, 'short', date '2013-01-01', 'HEALTH_MEDICAL', 1.0),
    ('HEALTH_INCOME', '住院津贴保险', 'Hospital Income', 'health', 'LIFE', 'traditional', true, false, false, 'short', date '2013-07-01', 'HEALTH_MEDICAL', 0.6),
    ('HEALTH_OUTPATIENT', '门诊医疗保险', 'Outpatient', 'health', 'LIFE', 'traditional', true, false, false, 'short', date '2021-01-01', 'HEALTH_MEDICAL', 0.5),
    ('ACCIDENT_YEAR', '综合意外伤害保险', 'One-year Accident', 'accident', 'LIFE', 'traditional', true, false, false, 'short', date '2012-03-01', 'ACCIDENT_YEAR', 1.0),
    ('ACCIDENT_TRAVEL', '旅行意外伤害保险', 'Travel Accident', 'accident', 'LIFE', 'traditional', true, false, false, 'short', date '2013-03-01', 'ACCIDENT_YEAR', 0.5),
    ('ACCIDENT_TRAFFIC', '交通意外伤害保险', 'Traffic Accident', 'accident', 'LIFE', 'traditional', true, false, false, 'short', date '2014-05-01', 'ACCIDENT_YEAR', 0.7),
    ('ACCIDENT_STUDENT', '学生平安保险', 'Student Accident', 'accident', 'LIFE', 'traditional', true, false, false, 'short', date '2013-08-01', 'ACCIDENT_YEAR', 0.5),
    ('ACCIDENT_ELDERLY', '银发意外伤害保险', 'Senior Accident', 'accident', 'LIFE', 'traditional', true, false, false, 'short', date '2016-10-01', 'ACCIDENT_YEAR', 1.4),
    ('MOTOR', '机动车综合保险', 'Motor', 'motor', 'PROP', 'none', true, false, false, 'motor', date '2012-05-01', 'MOTOR', 1.0),
    ('MOTOR_COMPULSORY', '机动车交通事故责任强制保险', 'Compulsory Motor', 'motor', 'PROP', 'none', true, false, false, 'motor', date '2012-05-01', 'MOTOR', 0.30),
    ('ACCIDENT_DRIVER', '驾乘意外伤害保险', 'Driver and Passenger Accident', 'accident', 'PROP', 'none', true, false, false, 'short', date '2013-11-01', 'ACCIDENT_YEAR', 1.5),
    ('RETURN_FREIGHT', '退货运费险', 'Return Freight', 'return_freight', 'ONLINE', 'none', true, false, true, 'return_freight', date '2013-11-01', 'RETURN_FREIGHT', 1.0),
    ('RETURN_SELLER', '卖家退货运费险', 'Return Freight for Sellers', 'return_freight', 'ONLINE', 'none', true, false, true, 'return_freight', date '2014-02-01', 'RETURN_FREIGHT', 1.0),
    ('EXCHANGE_FREIGHT', '换货运费险', 'Exchange Freight', 'return_freight', 'ONLINE', 'none', true, false, true, 'return_freight', date '2014-05-01', 'RETURN_FREIGHT', 1.1),
    ('FLIGHT_DELAY', '航班延误险', 'Flight Delay', 'flight_delay', 'ONLINE', 'none', true, false, true, 'flight_delay', date '2013-12-01', 'FLIGHT_DELAY', 1.0),
    ('FLIGHT_CANCEL', '航班取消险', 'Flight Cancellation', 'flight_delay', 'ONLINE', 'none', true, false, true, 'flight_delay', date '2014-06-01', 'FLIGHT_DELAY', 0.8),
    ('HEAT37', '37℃高温险', 'Heat Cover 37 °C', 'weather', 'ONLINE', 'none', true, false, true, 'heat', date '2014-05-20', 'HEAT37', 1.0),
    ('RAIN_DAY', '降雨险', 'Rain Cover', 'weather', 'ONLINE', 'none', true, false, true, 'rain', date '2014-04-01', 'RAIN_DAY', 1.0),
    ('BROKEN_SCREEN', '手机碎屏险', 'Broken Screen', 'broken_screen', 'ONLINE', 'none', true, false, false, 'short', date '2014-07-01', 'BROKEN_SCREEN', 1.0),
    ('SCREEN_PLUS', '手机碎屏升级险', 'Broken Screen Plus', 'broken_screen', 'ONLINE', 'none', true, false, false, 'short', date '2017-07-01', 'BROKEN_SCREEN', 1.6),
    ('CREDIT_GUARANTEE', '消费信贷保证保险', 'Credit Guarantee', 'credit_guarantee', 'ONLINE', 'none', true, false, false, 'guarantee', date '2014-08-01', 'CREDIT_GUARANTEE', 1.0),
    ('SELLER_BOND', '商家履约保证保险', 'Merchant Performance Bond', 'credit_guarantee', 'ONLINE', 'none', true, false, false, 'guarantee', date '2013-12-01', 'CREDIT_GUARANTEE', 12.0),
    ('ACCIDENT_COMMUTE', '通勤意外险', 'Commuter Accident', 'accident', 'ONLINE', 'none', true, false, false, 'short', date '2014-10-01', 'ACCIDENT_YEAR', 0.4),
    ('HEALTH_ONLINE', '在线百万医疗保险', 'Online Medical', 'health', 'ONLINE', 'none', true, false, false, 'short', date '2016-08-01', 'HEALTH_MEDICAL', 0.5),
    ('CONSUMER_LOAN', '舱易贷', 'Consumer Loan', 'consumer_loan', 'PAY', 'none', false, false, false, 'credit', date '2013-06-01', 'CONSUMER_LOAN', 1.0),
    ('ACCOUNT', '一账通账户', 'One Account', 'account', 'PAY', 'none', false, false, false, 'account', date '2013-01-01', 'ACCOUNT', 1.0),
    ('MONEY_FUND', '舱宝货币基金', 'Money Market Fund', 'account', 'FUND', 'none', false, false, false, 'account', date '2013-09-01', 'ACCOUNT', 1.0)
) as products(
    product_code, product_name_zh, product_name_en, product_line, organisation_code, design_type, is_insurance_contract,
    is_long_term, is_micro_premium, demand_kind, launched_date, archetype, price_factor
);

-- Policies sold in the demo group in the two and a half years from 2020, by those products that were on sale all the time.
create table world.sales_plan as
from (
    values
    ('LIFE_WHOLE', 'AGENCY', 800), ('LIFE_WHOLE', 'BANC', 200), ('LIFE_WHOLE', 'BROKER', 240), ('LIFE_WHOLE', 'ONLINE', 110),
    ('LIFE_WHOLE', 'DIRECT', 90), ('LIFE_TERM', 'ONLINE', 120), ('LIFE_TERM', 'AGENCY', 90), ('LIFE_ENDOW', 'AGENCY', 320),
    ('LIFE_ENDOW', 'BANC', 700), ('LIFE_INCREASING', 'AGENCY', 120), ('LIFE_INCREASING', 'BANC', 260), ('LIFE_CHILD', 'AGENCY', 110),
    ('LIFE_UNIVERSAL', 'AGENCY', 200), ('LIFE_UNIVERSAL', 'BANC', 420), ('LIFE_UNIVERSAL', 'DIRECT', 60), ('LIFE_UNIT_LINKED', 'BANC', 80),
    ('ANNUITY_PENSION', 'AGENCY', 520), ('ANNUITY_PENSION', 'BANC', 620), ('ANNUITY_PENSION', 'BROKER', 150),
    ('ANNUITY_PENSION', 'ONLINE', 120), ('ANNUITY_EDU', 'AGENCY', 130), ('ANNUITY_TAX', 'BANC', 90), ('HEALTH_CRITICAL', 'AGENCY', 1000),
    ('HEALTH_CRITICAL', 'BROKER', 460), ('HEALTH_CRITICAL', 'ONLINE', 280), ('HEALTH_CRITICAL', 'DIRECT', 110),
    ('HEALTH_CANCER', 'AGENCY', 110), ('HEALTH_CANCER', 'ONLINE', 120), ('HEALTH_CHILD', 'ONLINE', 120), ('HEALTH_CHILD', 'AGENCY', 70),
    ('HEALTH_CARE', 'BROKER', 60), ('HEALTH_MEDICAL', 'AGENCY', 650), ('HEALTH_MEDICAL', 'BROKER', 200), ('HEALTH_MEDICAL', 'ONLINE', 1300),
    ('HEALTH_MEDICAL', 'BANC', 110), ('HEALTH_MEDICAL', 'DIRECT', 200), ('HEALTH_INCOME', 'AGENCY', 140), ('HEALTH_INCOME', 'ONLINE', 140),
    ('HEALTH_OUTPATIENT', 'ONLINE', 200), ('ACCIDENT_YEAR', 'AGENCY', 550), ('ACCIDENT_YEAR', 'BANC', 300), ('ACCIDENT_YEAR', 'ONLINE', 700),
    ('ACCIDENT_YEAR', 'DIRECT', 300), ('ACCIDENT_TRAVEL', 'ONLINE', 220), ('ACCIDENT_TRAFFIC', 'ONLINE', 150), ('ACCIDENT_STUDENT', 'AGENCY', 120),
    ('ACCIDENT_ELDERLY', 'AGENCY', 110), ('MOTOR', 'AGENCY', 2000), ('MOTOR', 'BROKER', 2000), ('MOTOR', 'DIRECT', 1500), ('MOTOR', 'ONLINE', 900),
    ('MOTOR_COMPULSORY', 'BROKER', 350), ('MOTOR_COMPULSORY', 'DIRECT', 250), ('ACCIDENT_DRIVER', 'DIRECT', 200),
    ('RETURN_FREIGHT', 'ONLINE_PLATFORM', 13000), ('RETURN_SELLER', 'ONLINE_PLATFORM', 1200), ('EXCHANGE_FREIGHT', 'ONLINE_PLATFORM', 800),
    ('FLIGHT_DELAY', 'ONLINE_PLATFORM', 2200), ('FLIGHT_DELAY', 'ONLINE', 1300), ('FLIGHT_CANCEL', 'ONLINE_PLATFORM', 400),
    ('HEAT37', 'ONLINE_PLATFORM', 900), ('RAIN_DAY', 'ONLINE_PLATFORM', 900), ('BROKEN_SCREEN', 'ONLINE_PLATFORM', 700),
    ('SCREEN_PLUS', 'ONLINE_PLATFORM', 250), ('CREDIT_GUARANTEE', 'ONLINE_PLATFORM', 700), ('SELLER_BOND', 'ONLINE_PLATFORM', 400),
    ('ACCIDENT_COMMUTE', 'ONLINE_PLATFORM', 600), ('HEALTH_ONLINE', 'ONLINE_PLATFORM', 800)
) as plans(product_code, channel_code, policies);
