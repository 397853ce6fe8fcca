-- Detects: borrowers lost or counted twice between the scores and the bands, cut-offs and quality figures.
-- Guards: all of them are cut from one distribution of scores.
-- A returned row is a card whose borrowers differ.
with

scores as (

    select
        card_version,
        count(*) as borrower_count
    from {{ ref('fct_borrower_scores') }}
    group by card_version

),

bands as (

    select
        card_version,
        sum(borrower_count) as borrower_count
    from {{ ref('agg_credit_score_bands') }}
    group by card_version

),

quality as (

    select
        card_version,
        borrower_count
    from {{ ref('agg_credit_model_quality') }}
    where sample = 'all' and observation_month is null

),

cutoffs as (

    select
        card_version,
        max(approved_count) as borrower_count
    from {{ ref('agg_credit_cutoffs') }}
    group by card_version

),

differing as (

    select
        scores.card_version,
        scores.borrower_count as scored_count,
        bands.borrower_count as band_count,
        quality.borrower_count as quality_count,
        cutoffs.borrower_count as cutoff_count
    from scores
    left join bands on scores.card_version = bands.card_version
    left join quality on scores.card_version = quality.card_version
    left join cutoffs on scores.card_version = cutoffs.card_version
    where
        scores.borrower_count is distinct from bands.borrower_count
        or scores.borrower_count is distinct from quality.borrower_count
        or scores.borrower_count is distinct from cutoffs.borrower_count

)

select * from differing
