with

scores as (

    select * from {{ ref('agg_credit_scores_monthly') }}

),

cards as (

    select * from {{ ref('scorecard_versions') }}

),

score_bins as (

    select * from {{ ref('scorecard_score_bins') }}

),

-- Every sample by itself and all together (sample 'all'); every month by itself and all together (observation_month empty).
sampled as (

    select
        scores.card_version,
        samples.evaluated_sample as sample,
        scores.observation_month,
        scores.score,
        scores.borrower_count,
        scores.bad_count,
        scores.good_count,
        scores.expected_bad_count
    from scores
    inner join (values ('all'), ('development'), ('holdout'), ('other')) as samples (evaluated_sample)
        on samples.evaluated_sample in ('all', scores.sample)

),

distribution as (

    select
        card_version,
        sample,
        observation_month,
        score,
        sum(borrower_count) as borrower_count,
        sum(bad_count) as bad_count,
        sum(good_count) as good_count,
        sum(expected_bad_count) as expected_bad_count
    from sampled
    group by grouping sets (
        (card_version, sample, observation_month, score),
        (card_version, sample, score)
    )

),

cumulated as (

    select
        *,
        sum(bad_count) over running as bads_up_to,
        sum(good_count) over running as goods_up_to,
        sum(bad_count) over whole as all_bads,
        sum(good_count) over whole as all_goods
    from distribution
    window
        whole as (partition by card_version, sample, observation_month),
        running as (
            partition by card_version, sample, observation_month order by score
            rows between unbounded preceding and current row
        )

),

-- AUC by ranks: a bad borrower beats every good one that scores higher, and half of those that score the same.
separation as (

    select
        card_version,
        sample,
        observation_month,
        sum(borrower_count) as borrower_count,
        max(all_bads) as bad_count,
        max(all_goods) as good_count,
        cast(sum(expected_bad_count) as double) / sum(borrower_count) as expected_bad_ratio,
        max(abs(
            cast(bads_up_to as double) / nullif(all_bads, 0) - cast(goods_up_to as double) / nullif(all_goods, 0)
        )) as ks,
        sum(cast(bad_count as double) * (all_goods - goods_up_to + 0.5 * good_count))
        / nullif(cast(max(all_bads) as double) * max(all_goods), 0) as auc
    from cumulated
    group by card_version, sample, observation_month

),

binned as (

    select
        distribution.card_version,
        distribution.sample,
        distribution.observation_month,
        score_bins.bin_number,
        sum(distribution.borrower_count) as borrower_count
    from distribution
    inner join score_bins
        on
            distribution.card_version = score_bins.card_version
            and distribution.score >= coalesce(score_bins.lower_score, distribution.score)
            and distribution.score < coalesce(score_bins.upper_score, distribution.score + 1)
    group by distribution.card_version, distribution.sample, distribution.observation_month, score_bins.bin_number

),

-- A bin nobody falls into counts with the floor of the card, because the logarithm of nothing is not a number.
shares as (

    select
        separation.card_version,
        separation.sample,
        separation.observation_month,
        greatest(score_bins.expected_ratio, cards.psi_floor_ratio) as expected_ratio,
        greatest(
            cast(coalesce(binned.borrower_count, 0) as double) / separation.borrower_count, cards.psi_floor_ratio
        ) as actual_ratio
    from separation
    inner join cards on separation.card_version = cards.card_version
    inner join score_bins on separation.card_version = score_bins.card_version
    left join binned
        on
            separation.card_version = binned.card_version
            and separation.sample = binned.sample
            and separation.observation_month is not distinct from binned.observation_month
            and score_bins.bin_number = binned.bin_number

),

stability as (

    select
        card_version,
        sample,
        observation_month,
        -- added as decimals, so that the order of the bins cannot move the last digit
        cast(sum(
            cast((actual_ratio - expected_ratio) * ln(actual_ratio / expected_ratio) as decimal(28, 15))
        ) as double) as psi
    from shares
    group by card_version, sample, observation_month

),

quality as (

    select
        separation.card_version,
        separation.sample,
        separation.observation_month,
        cast(separation.borrower_count as bigint) as borrower_count,
        cast(separation.good_count as bigint) as good_count,
        cast(separation.bad_count as bigint) as bad_count,
        cast(separation.bad_count as double) / nullif(separation.bad_count + separation.good_count, 0) as bad_ratio,
        separation.expected_bad_ratio,
        case when separation.bad_count > 0 and separation.good_count > 0 then separation.ks end as ks,
        separation.auc,
        2 * separation.auc - 1 as gini,
        stability.psi
    from separation
    left join stability
        on
            separation.card_version = stability.card_version
            and separation.sample = stability.sample
            and separation.observation_month is not distinct from stability.observation_month

)

select * from quality
