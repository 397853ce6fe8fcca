with

contacts as (

    select * from {{ ref('stg_contact_centre__contacts') }}
    where contact_type = 'call'

),

parameters as (

    select * from {{ ref('contact_parameters') }}
    where parameter_code = 'satisfied_score'

),

indicators as (

    select
        date_trunc('year', contact_date) as year_start_at,
        organisation_code,
        'call_answer_rate' as indicator_code,
        count(*) filter (where is_human_answered) as numerator,
        count(*) as denominator
    from contacts
    where is_human_requested
    group by date_trunc('year', contact_date), organisation_code

    union all

    select
        date_trunc('year', contacts.contact_date) as year_start_at,
        contacts.organisation_code,
        'agent_satisfaction_rate' as indicator_code,
        count(*) filter (where contacts.satisfaction_score >= parameters.parameter_value) as numerator,
        count(*) as denominator
    from contacts
    cross join parameters
    where
        contacts.is_human_answered
        and contacts.satisfaction_score is not null
    group by date_trunc('year', contacts.contact_date), contacts.organisation_code

),

dated as (

    select
        cast(year_start_at as date) as year_start_date,
        organisation_code,
        indicator_code,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator
    from indicators

)

select * from dated
