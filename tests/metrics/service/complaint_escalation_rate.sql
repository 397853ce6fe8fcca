-- 越级投诉率: of the complaints forwarded by the regulator, those addressed to the national regulator; by day of receipt.
select
    complaint.received_date as business_date,
    complaint.organisation_code,
    null as channel_code,
    null as product_code,
    cast(exists (
        select 1 from raw.contact_centre.complaint_material as material
        where material.complaint_number = complaint.complaint_number and material.addressed_to = 'national_regulator'
    ) as integer) as numerator,
    1 as denominator
from latest.complaint as complaint
where complaint.complaint_source = 'regulator'
