-- Detects a premium that is counted in no part, or in two.
-- Guards the two ways of cutting scale premium: insurance premium and deposit, first and later policy years.
-- A returned row is a day and segment whose parts do not add up to its scale premium.
select
    accounting_date,
    organisation_code,
    channel_code,
    product_code,
    scale_premium_amount,
    insurance_premium_amount + deposit_amount as by_nature_amount,
    first_year_premium_amount + later_year_premium_amount as by_policy_year_amount
from {{ ref('agg_premiums_daily') }}
where
    scale_premium_amount <> insurance_premium_amount + deposit_amount
    or scale_premium_amount <> first_year_premium_amount + later_year_premium_amount
