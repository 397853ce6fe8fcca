-- 可疑交易预警平均分析天数: days from alert to the end of its analysis, per alert analysed, by date the analysis ended.
select
    analysed_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    analysed_date - alerted_date as numerator,
    1 as denominator
from latest.aml_alert
where analysed_date is not null
