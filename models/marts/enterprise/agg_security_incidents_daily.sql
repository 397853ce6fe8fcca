with

incidents as (

    select * from {{ ref('stg_security__security_incidents') }}

),

kinds as (

    select * from {{ ref('security_incident_kinds') }}

),

parameters as (

    select * from {{ ref('enterprise_parameters') }}

),

daily as (

    select
        incidents.found_date,
        incidents.organisation_code,
        count(*) filter (where kinds.incident_group = 'incident') as incident_count,
        count(*) filter (
            where kinds.incident_group = 'incident' and incidents.incident_level <= parameters.major_incident_level
        ) as major_incident_count,
        count(*) filter (where kinds.incident_group = 'privacy_complaint') as privacy_complaint_count,
        count(*) filter (where kinds.incident_group = 'nonconformity') as nonconformity_count
    from incidents
    inner join kinds on incidents.incident_kind = kinds.incident_kind
    cross join parameters
    group by incidents.found_date, incidents.organisation_code

)

select * from daily
