-- Detects: a borrower without a score, with two, or with points for fewer attributes than the card has.
-- Guards: the bins of every attribute cover every value and the missing one, and no value falls into two.
-- A returned row is a borrower whose number of points differs from the number of attributes, or who has no score.
with

borrowers as (

    select borrower_number
    from {{ ref('stg_lending__borrowers') }}
    where exists (select 1 from {{ ref('int_credit__scored_cards') }})

),

attributes as (

    select
        cards.card_version,
        count(distinct points.attribute_code) as attribute_count
    from {{ ref('int_credit__scored_cards') }} as cards
    inner join {{ ref('scorecard_points') }} as points on cards.card_version = points.card_version
    group by cards.card_version

),

pointed as (

    select
        borrower_number,
        card_version,
        count(*) as point_count,
        sum(points) as points
    from {{ ref('int_credit__borrower_points') }}
    group by borrower_number, card_version

),

scores as (

    select * from {{ ref('fct_borrower_scores') }}

),

wrong as (

    select
        borrowers.borrower_number,
        pointed.point_count,
        scores.score
    from borrowers
    left join pointed on borrowers.borrower_number = pointed.borrower_number
    left join attributes on pointed.card_version = attributes.card_version
    left join scores
        on
            borrowers.borrower_number = scores.borrower_number
            and pointed.card_version = scores.card_version
    where
        scores.score is null
        or pointed.point_count is distinct from attributes.attribute_count

)

select * from wrong
