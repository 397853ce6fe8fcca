select
    sample,
    borrower_count,
    bad_count,
    bad_ratio,
    ks,
    auc,
    gini,
    psi
from agg_credit_model_quality
where card_version = $card_version and observation_month is null and sample <> 'other'
order by list_position(['development', 'holdout', 'all'], sample)
