-- The cards that have scored somebody, the one in use first.
with

scored as (

    select distinct card_version from agg_credit_cutoffs

),

cards as (

    select
        card_version,
        max(card_status) as card_status
    from dim_scorecard_attribute
    group by card_version

)

select
    cards.card_version,
    cards.card_status
from cards
inner join scored on cards.card_version = scored.card_version
order by cards.card_status <> 'approved', cards.card_version desc
