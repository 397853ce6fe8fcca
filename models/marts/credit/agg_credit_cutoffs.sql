with

scores as (

    select * from {{ ref('agg_credit_scores_monthly') }}

),

parameters as (

    select * from {{ ref('credit_parameters') }}

),

bounds as (

    select
        scores.card_version,
        max(parameters.cutoff_step_points) as step_points,
        min(floor(scores.score / parameters.cutoff_step_points)) as lowest_step,
        max(ceil(scores.score / parameters.cutoff_step_points)) as highest_step
    from scores
    cross join parameters
    group by scores.card_version

),

cutoffs as (

    select
        card_version,
        cast(unnest(generate_series(cast(lowest_step as bigint), cast(highest_step as bigint))) * step_points as integer) as cutoff_score
    from bounds

),

-- Approved is who reaches the cut-off.
counted as (

    select
        cutoffs.card_version,
        cutoffs.cutoff_score,
        sum(scores.borrower_count) as borrower_count,
        coalesce(sum(scores.borrower_count) filter (where scores.score >= cutoffs.cutoff_score), 0) as approved_count,
        coalesce(sum(scores.bad_count) filter (where scores.score >= cutoffs.cutoff_score), 0) as approved_bad_count,
        coalesce(sum(scores.good_count) filter (where scores.score >= cutoffs.cutoff_score), 0) as approved_good_count,
        coalesce(sum(scores.bad_count) filter (where scores.score < cutoffs.cutoff_score), 0) as rejected_bad_count,
        coalesce(sum(scores.good_count) filter (where scores.score < cutoffs.cutoff_score), 0) as rejected_good_count,
        sum(scores.expected_bad_count) filter (where scores.score >= cutoffs.cutoff_score) as expected_bad_count
    from cutoffs
    inner join scores on cutoffs.card_version = scores.card_version
    group by cutoffs.card_version, cutoffs.cutoff_score

),

rated as (

    select
        card_version,
        cutoff_score,
        cast(borrower_count as bigint) as borrower_count,
        cast(approved_count as bigint) as approved_count,
        cast(approved_good_count as bigint) as approved_good_count,
        cast(approved_bad_count as bigint) as approved_bad_count,
        cast(rejected_good_count as bigint) as rejected_good_count,
        cast(rejected_bad_count as bigint) as rejected_bad_count,
        cast(approved_count as double) / nullif(borrower_count, 0) as approval_ratio,
        cast(approved_bad_count as double) / nullif(approved_bad_count + approved_good_count, 0) as bad_ratio,
        cast(expected_bad_count as double) / nullif(approved_count, 0) as expected_bad_ratio,
        cast(rejected_bad_count as double) / nullif(approved_bad_count + rejected_bad_count, 0) as rejected_bad_share_ratio
    from counted

)

select * from rated
