-- Detects claims counted in two terms of cover or lost between terms, and premium earned beyond what was written.
-- Guards the frequency: a loss belongs to one term, and no term earns more than its premium or less than nothing.
-- A returned row is a first day of terms that breaks this, or the number of losses within terms beside those of the cohorts.
with

cohorts as (

    select * from {{ ref('agg_claim_frequency_cohorts') }}

),

terms as (

    select * from {{ ref('int_claims__cover_terms') }}

),

claims as (

    select * from {{ ref('fct_claims') }}
    where not is_zero_settled and not is_withdrawn

),

losses as (

    select count(distinct claims.claim_number) as loss_count
    from claims
    inner join terms
        on
            claims.policy_number = terms.policy_number
            and claims.loss_date between terms.term_start_date and terms.term_end_date

),

breaking as (

    select
        term_start_date,
        earned_premium_amount as found,
        written_premium_amount as expected
    from cohorts
    where earned_premium_amount < 0 or earned_premium_amount > written_premium_amount

    union all

    select
        null as term_start_date,
        (select coalesce(sum(cohorts.term_claim_count), 0) from cohorts) as found,
        loss_count as expected
    from losses
    where loss_count <> (select coalesce(sum(cohorts.term_claim_count), 0) from cohorts)

)

select * from breaking
