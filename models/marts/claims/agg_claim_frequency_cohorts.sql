with

terms as (

    select * from {{ ref('int_claims__cover_terms') }}

),

claims as (

    select * from {{ ref('fct_claims') }}
    where not is_zero_settled and not is_withdrawn

),

-- A loss belongs to the term that began last before it.
claims_of_terms as (

    select
        terms.policy_number,
        terms.policy_year,
        count(*) as claim_count
    from claims
    asof inner join terms
        on
            claims.policy_number = terms.policy_number
            and claims.loss_date >= terms.term_start_date
    where claims.loss_date <= terms.term_end_date
    group by terms.policy_number, terms.policy_year

),

cohorts as (

    select
        terms.term_start_date,
        terms.organisation_code,
        terms.product_code,
        count(*) as term_count,
        cast(sum(terms.written_premium_amount) as decimal(18, 2)) as written_premium_amount,
        cast(sum(terms.earned_premium_amount) as decimal(18, 2)) as earned_premium_amount,
        cast(coalesce(sum(claims_of_terms.claim_count), 0) as bigint) as term_claim_count
    from terms
    left join claims_of_terms
        on
            terms.policy_number = claims_of_terms.policy_number
            and terms.policy_year = claims_of_terms.policy_year
    group by terms.term_start_date, terms.organisation_code, terms.product_code

)

select * from cohorts
