{{
    config(
        materialized='by_business_date',
        business_date='issue_date',
        touched_by=['policy_admin.policy_party', 'policy_admin.policy']
    )
}}

with

parties as (

    select * from {{ ref('stg_policy_admin__policy_parties') }}
    where
        party_role = 'insured'
        and {{ touched_only('issue_date') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

organisations as (

    select * from {{ ref('dim_organisation') }}
    where company_type = 'life'

),

daily as (

    select
        policies.issue_date,
        policies.organisation_code,
        count(*) as insured_person_count
    from parties
    inner join policies on parties.policy_number = policies.policy_number
    inner join organisations on policies.organisation_code = organisations.organisation_code
    group by policies.issue_date, policies.organisation_code

)

select * from daily
