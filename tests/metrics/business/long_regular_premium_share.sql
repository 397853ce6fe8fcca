-- 十年期及以上期交占比: of new regular premium, the part paid over ten years or more.
select
    grain,
    period_start_date,
    organisation_code,
    channel_code,
    product_code,
    case when payment_term_years >= 10 then numerator else 0 end as numerator,
    numerator as denominator
from checked.new_regular_premium
