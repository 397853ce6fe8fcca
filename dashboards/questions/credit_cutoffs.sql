-- What a cut-off would approve and lose, and the shares of goods and bads below it.
with

cutoffs as (

    select
        cutoff_score,
        borrower_count,
        approved_count,
        approval_ratio,
        bad_ratio,
        expected_bad_ratio,
        rejected_bad_share_ratio,
        rejected_good_count / nullif(rejected_good_count + approved_good_count, 0) as rejected_good_share_ratio
    from agg_credit_cutoffs
    where card_version = $card_version

)

select
    *,
    rejected_bad_share_ratio - rejected_good_share_ratio as separation_ratio
from cutoffs
order by cutoff_score
