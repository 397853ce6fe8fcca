{{ config(materialized='by_business_date', business_date='observation_date', touched_by=['lending.borrower']) }}

with

borrowers as (

    select * from {{ ref('stg_lending__borrowers') }}
    where {{ touched_only('observation_date') }}

),

attribute_points as (

    select * from {{ ref('int_credit__borrower_points') }}
    where {{ touched_only('observation_date') }}

),

cards as (

    select * from {{ ref('int_credit__scored_cards') }}

),

parameters as (

    select * from {{ ref('credit_parameters') }}

),

-- The attributes that cost most points against their best bin; the card's order decides between equals.
ranked as (

    select
        *,
        row_number() over (
            partition by card_version, borrower_number
            order by lost_points desc, attribute_number
        ) as loss_rank
    from attribute_points

),

summed as (

    select
        card_version,
        borrower_number,
        sum(points) as points,
        max(case when loss_rank = 1 and lost_points > 0 then attribute_code end) as reason_code_1,
        max(case when loss_rank = 2 and lost_points > 0 then attribute_code end) as reason_code_2,
        max(case when loss_rank = 3 and lost_points > 0 then attribute_code end) as reason_code_3
    from ranked
    group by card_version, borrower_number

),

scored as (

    select
        borrowers.borrower_number,
        borrowers.loan_number,
        cards.card_version,
        borrowers.observation_date,
        cast(cards.base_points + summed.points as integer) as score,
        cards.score_offset,
        cards.score_factor,
        summed.reason_code_1,
        summed.reason_code_2,
        summed.reason_code_3,
        borrowers.is_serious_delinquent,
        -- the same split as the training made, see orchestration/lib/scorecard_training.py
        case
            when
                borrowers.is_serious_delinquent is null
                or borrowers.observation_date not between cards.training_start_date and cards.training_end_date then 'other'
            when left(md5(borrowers.borrower_number), 2) >= cards.holdout_from then 'holdout'
            else 'development'
        end as sample
    from borrowers
    inner join summed on borrowers.borrower_number = summed.borrower_number
    inner join cards on summed.card_version = cards.card_version

),

banded as (

    select
        scored.borrower_number,
        scored.loan_number,
        scored.card_version,
        scored.observation_date,
        scored.score,
        1 / (1 + exp((scored.score - scored.score_offset) / scored.score_factor)) as probability_of_default,
        cast(floor(scored.score / parameters.band_width_points) * parameters.band_width_points as integer) as band_lower_score,
        parameters.band_width_points,
        scored.reason_code_1,
        scored.reason_code_2,
        scored.reason_code_3,
        scored.is_serious_delinquent,
        scored.sample
    from scored
    cross join parameters

),

final_scores as (

    select
        borrower_number,
        loan_number,
        card_version,
        observation_date,
        score,
        probability_of_default,
        band_lower_score || '-' || (band_lower_score + band_width_points - 1) as score_band,
        reason_code_1,
        reason_code_2,
        reason_code_3,
        is_serious_delinquent,
        sample
    from banded

)

select * from final_scores
