with

assessments as (

    select * from {{ ref('stg_compliance__consumer_protection_assessments') }}

),

weights as (

    select * from {{ ref('consumer_protection_weights') }}

),

organisations as (

    select * from {{ ref('dim_organisation') }}

),

weighting as (

    select
        max(weight_ratio) filter (where component_code = 'governance_score') as governance_weight,
        max(weight_ratio) filter (where component_code = 'mechanism_score') as mechanism_weight,
        max(weight_ratio) filter (where component_code = 'service_score') as service_weight,
        max(weight_ratio) filter (where component_code = 'education_score') as education_weight,
        max(weight_ratio) filter (where component_code = 'dispute_score') as dispute_weight
    from weights

),

scored as (

    select
        assessments.organisation_code,
        assessments.assessment_year,
        cast(
            assessments.governance_score * weighting.governance_weight
            + assessments.mechanism_score * weighting.mechanism_weight
            + assessments.service_score * weighting.service_weight
            + assessments.education_score * weighting.education_weight
            + assessments.dispute_score * weighting.dispute_weight
            - assessments.deduction_score as decimal(9, 4)
        ) as assessment_score
    from assessments
    cross join weighting

),

-- The supervisor assesses companies as a whole and branches apart; one is not part of the other's score.
yearly as (

    select
        make_date(scored.assessment_year, 12, 31) as year_end_date,
        scored.organisation_code,
        case when organisations.organisation_level <= 1 then 1 else 0 end as assessed_company_count,
        cast(case when organisations.organisation_level <= 1 then scored.assessment_score else 0 end as decimal(9, 4)) as company_score,
        case when organisations.organisation_level > 1 then 1 else 0 end as assessed_branch_count,
        cast(case when organisations.organisation_level > 1 then scored.assessment_score else 0 end as decimal(9, 4)) as branch_score
    from scored
    inner join organisations on scored.organisation_code = organisations.organisation_code

)

select * from yearly
