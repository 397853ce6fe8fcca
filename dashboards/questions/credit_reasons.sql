-- How often each attribute is among the three that cost a borrower most points.
with

reasons as (

    select unnest([reason_code_1, reason_code_2, reason_code_3]) as attribute_code
    from fct_borrower_scores
    where card_version = $card_version

),

borrowers as (

    select count(*) as borrower_count
    from fct_borrower_scores
    where card_version = $card_version

),

counted as (

    select
        attribute_code,
        count(*) as reason_count
    from reasons
    where attribute_code is not null
    group by attribute_code

)

select
    counted.attribute_code as member_code,
    dim_scorecard_attribute.reason_zh as name_zh,
    dim_scorecard_attribute.reason_en as name_en,
    counted.reason_count,
    counted.reason_count / borrowers.borrower_count as value
from counted
cross join borrowers
inner join dim_scorecard_attribute
    on counted.attribute_code = dim_scorecard_attribute.attribute_code and dim_scorecard_attribute.card_version = $card_version
order by value desc
