-- Detects open claims that stand in no band of age or in two.
-- Guards the assumption that the five bands leave no day between them.
-- A returned row is a segment and date whose bands do not add up to its open claims.
select
    stock_date,
    organisation_code,
    channel_code,
    product_code,
    open_claim_count
from {{ ref('agg_open_claims_daily') }}
where
    open_claim_count <> (
        open_0_to_5_days_claim_count + open_6_to_15_days_claim_count + open_16_to_30_days_claim_count
        + open_31_to_60_days_claim_count + open_over_60_days_claim_count
    )
    or open_over_30_days_claim_count <> open_31_to_60_days_claim_count + open_over_60_days_claim_count
    or least(
        open_0_to_5_days_claim_count, open_6_to_15_days_claim_count, open_16_to_30_days_claim_count,
        open_31_to_60_days_claim_count, open_over_60_days_claim_count
    ) < 0
