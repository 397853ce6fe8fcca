with

scores as (

    select * from {{ ref('agg_credit_scores_monthly') }}

),

parameters as (

    select * from {{ ref('credit_parameters') }}

),

bands as (

    select
        scores.card_version,
        scores.sample,
        cast(
            floor(scores.score / parameters.band_width_points) * parameters.band_width_points as integer
        ) as band_lower_score,
        max(parameters.band_width_points) as band_width_points,
        sum(scores.borrower_count) as borrower_count,
        sum(scores.bad_count) as bad_count,
        sum(scores.good_count) as good_count,
        sum(scores.expected_bad_count) as expected_bad_count
    from scores
    cross join parameters
    group by 1, 2, 3

),

rated as (

    select
        card_version,
        sample,
        band_lower_score || '-' || (band_lower_score + band_width_points - 1) as score_band,
        band_lower_score,
        band_lower_score + band_width_points - 1 as band_upper_score,
        cast(borrower_count as bigint) as borrower_count,
        cast(good_count as bigint) as good_count,
        cast(bad_count as bigint) as bad_count,
        cast(bad_count as double) / nullif(bad_count + good_count, 0) as bad_ratio,
        cast(expected_bad_count as double) / borrower_count as expected_bad_ratio
    from bands

)

select * from rated
