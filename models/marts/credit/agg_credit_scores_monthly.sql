with

scores as (

    select * from {{ ref('fct_borrower_scores') }}

),

monthly as (

    select
        card_version,
        sample,
        cast(date_trunc('month', observation_date) as date) as observation_month,
        score,
        count(*) as borrower_count,
        count(*) filter (where is_serious_delinquent) as bad_count,
        count(*) filter (where not is_serious_delinquent) as good_count,
        -- decimals add up to the same total in any order, floating-point numbers do not
        cast(sum(cast(probability_of_default as decimal(18, 12))) as decimal(28, 12)) as expected_bad_count
    from scores
    group by card_version, sample, date_trunc('month', observation_date), score

)

select * from monthly
