-- 客户满意度: answers to surveys of four or five, over all answers.
select
    response.responded_date as business_date,
    response.organisation_code,
    null as channel_code,
    null as product_code,
    coalesce(people.segment_code, '(unknown)') as segment_code,
    cast(response.satisfaction_score in (4, 5) as integer) as numerator,
    1 as denominator
from raw.contact_centre.survey_response as response
left join people on response.customer_id = people.customer_id
