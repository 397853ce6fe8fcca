-- 升级率: members with a tier at the end of the quarter before who have a higher one at the end of the quarter,
-- over the former; of a year, the sum of its quarters.
select
    periods.grain,
    periods.period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    closing.segment_code,
    cast(closing.tier_rank > opening.tier_rank as integer) as numerator,
    1 as denominator
from checked.member_tier_customers as closing
inner join checked.member_tier_customers as opening
    on
        closing.member = opening.member and opening.grain = 'quarter'
        and opening.period_start_date = closing.period_start_date - interval 3 month
inner join periods
    on closing.period_start_date between periods.period_start_date and periods.period_end_date and periods.grain in ('quarter', 'year')
where closing.grain = 'quarter'
