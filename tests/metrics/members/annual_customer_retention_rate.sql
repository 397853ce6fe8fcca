-- combine: overlap
-- 客户年留存率: people effective at the end of the year before who are effective at the end of the year, over the
-- former. A row with a denominator is a customer of the beginning, one with a numerator a customer of the end;
-- an organisation looks at its own rows.
select
    'year' as grain,
    cast(closing.period_start_date as date) as period_start_date,
    closing.organisation_code,
    null as channel_code,
    null as product_code,
    closing.segment_code,
    closing.person as numerator,
    null as denominator
from checked.effective_customers as closing
inner join as_of on closing.period_end_date <= as_of.as_of_date
where closing.grain = 'year'
union all
select
    'year',
    cast(opening.period_start_date + interval 1 year as date),
    opening.organisation_code,
    null,
    null,
    opening.segment_code,
    null,
    opening.person
from checked.effective_customers as opening
inner join as_of on opening.period_end_date + interval 1 year <= as_of.as_of_date
where opening.grain = 'year'
