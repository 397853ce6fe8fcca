-- 可疑交易预警上报转化率: alerts that led to a report, of all alerts, by date of the alert.
select
    alerted_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    cast(report_submitted_date is not null as integer) as numerator,
    1 as denominator
from latest.aml_alert
