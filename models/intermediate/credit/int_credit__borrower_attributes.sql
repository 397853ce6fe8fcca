{%- set attributes = [
    'age',
    'monthly_income_amount',
    'debt_ratio',
    'revolving_utilisation_ratio',
    'open_credit_line_count',
    'real_estate_loan_count',
    'dependant_count',
    'past_due_30_59_count',
    'past_due_60_89_count',
    'past_due_90_count',
    'long_term_policy_count',
] -%}
with

borrowers as (

    select * from {{ ref('stg_lending__borrowers') }}

),

cards as (

    select * from {{ ref('int_credit__scored_cards') }}

),

points as (

    select * from {{ ref('scorecard_points') }}

),

attributes as (

    select distinct
        points.card_version,
        points.attribute_code,
        points.attribute_number
    from points
    inner join cards on points.card_version = cards.card_version

),

valued as (

    select
        borrowers.borrower_number,
        borrowers.observation_date,
        attributes.card_version,
        attributes.attribute_code,
        attributes.attribute_number,
        case attributes.attribute_code
            {% for attribute in attributes -%}
                when '{{ attribute }}' then cast(borrowers.{{ attribute }} as double)
            {% endfor -%}
        end as attribute_value
    from borrowers
    cross join attributes

),

-- What is not a number is a missing value, as it is for the training.
cleaned as (

    select
        borrower_number,
        observation_date,
        card_version,
        attribute_code,
        attribute_number,
        case when not isnan(attribute_value) then attribute_value end as attribute_value
    from valued

)

select * from cleaned
