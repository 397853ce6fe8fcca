-- 净推荐值: answers of nine and ten less those up to six, over all that answer, x 100.
select
    response.responded_date as business_date,
    response.organisation_code,
    null as channel_code,
    null as product_code,
    coalesce(people.segment_code, '(unknown)') as segment_code,
    case when response.recommendation_score >= 9 then 100 when response.recommendation_score <= 6 then -100 else 0 end as numerator,
    1 as denominator
from raw.contact_centre.survey_response as response
left join people on response.customer_id = people.customer_id
where response.recommendation_score is not null
