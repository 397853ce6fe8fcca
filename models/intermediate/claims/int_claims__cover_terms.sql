with

products as (

    select * from {{ ref('stg_master_data__products') }}

),

lines as (

    select * from {{ ref('claim_lines') }}

),

-- Covers of one year or less of the lines that a claim frequency is told of.
policies as (

    select policies.*
    from {{ ref('stg_policy_admin__policies') }} as policies
    inner join products on policies.product_code = products.product_code
    inner join lines on products.product_line = lines.product_line
    where not products.is_long_term and policies.expiry_date >= policies.effective_date

),

renewal_premiums as (

    select
        policy_number,
        policy_year,
        min(due_date) as term_start_date,
        max(premium_amount) as instalment_amount
    from {{ ref('stg_policy_admin__premium_payments') }}
    where policy_year > 1
    group by policy_number, policy_year

),

frequencies as (

    select * from {{ ref('payment_frequencies') }}

),

events as (

    select * from {{ ref('int_business__policy_events') }}
    where in_force_effect in ('starts', 'ends')

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

begun as (

    select
        policy_number,
        1 as policy_year,
        effective_date as term_start_date,
        premium_amount as written_premium_amount
    from policies

    union all

    select
        renewal_premiums.policy_number,
        renewal_premiums.policy_year,
        renewal_premiums.term_start_date,
        renewal_premiums.instalment_amount * frequencies.instalments_per_year as written_premium_amount
    from renewal_premiums
    inner join policies on renewal_premiums.policy_number = policies.policy_number
    inner join frequencies on policies.payment_frequency = frequencies.payment_frequency

),

-- A renewed term is as long as the first.
terms as (

    select
        begun.*,
        policies.organisation_code,
        policies.product_code,
        cast(begun.term_start_date + cast(policies.expiry_date - policies.effective_date as integer) as date) as term_end_date,
        as_of.as_of_date
    from begun
    inner join policies on begun.policy_number = policies.policy_number
    cross join as_of
    where begun.term_start_date <= as_of.as_of_date

),

-- Cover that is given up and not reinstated within the term ends the day before.
given_up as (

    select
        terms.policy_number,
        terms.policy_year,
        arg_max(events.in_force_effect, (events.event_date, events.request_number)) as last_effect,
        max(events.event_date) as event_date
    from terms
    inner join events
        on
            terms.policy_number = events.policy_number
            and events.event_date between terms.term_start_date and terms.term_end_date
    group by terms.policy_number, terms.policy_year

),

covered as (

    select
        terms.*,
        case when given_up.last_effect = 'ends' then cast(given_up.event_date - 1 as date) else terms.term_end_date end as cover_end_date
    from terms
    left join given_up on terms.policy_number = given_up.policy_number and terms.policy_year = given_up.policy_year

),

earned as (

    select
        -- keys
        policy_number,
        policy_year,
        organisation_code,
        product_code,
        -- dates
        term_start_date,
        term_end_date,
        cover_end_date,
        -- amounts
        cast(written_premium_amount as decimal(18, 2)) as written_premium_amount,
        cast(
            written_premium_amount * (least(cover_end_date, as_of_date) - term_start_date + 1) / (term_end_date - term_start_date + 1)
            as decimal(18, 2)
        ) as earned_premium_amount
    from covered

)

select * from earned
