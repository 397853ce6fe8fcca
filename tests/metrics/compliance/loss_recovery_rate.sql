-- 挽损率: amount claimed less what was borne, over the amount claimed, in closed cases in which the group was sued.
select
    closed_date as business_date,
    organisation_code,
    null as channel_code,
    null as product_code,
    claimed_amount - coalesce(borne_amount, 0) as numerator,
    claimed_amount as denominator
from latest.lawsuit
where closed_date is not null and party_role = 'defendant'
