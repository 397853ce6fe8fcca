-- combine: distinct
-- 授信通过率: customers (去重客户) with an approved application over customers with an approved or rejected one, by date of application.
select
    application_date as business_date,
    organisation_code,
    channel_code,
    product_code,
    case when decision = 'approved' then customer_id end as numerator,
    customer_id as denominator
from latest.loan
where decision in ('approved', 'rejected')
