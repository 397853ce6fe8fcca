with

touched_commissions as (

    {{ touched_dates_of(['compliance.commission']) }}

),

touched_policies as (

    {{ touched_dates_of(['policy_admin.policy']) }}

),

commissions as (

    select * from {{ ref('stg_compliance__commissions') }}

),

policies as (

    select * from {{ ref('int_business__policy_attributes') }}

),

-- A corrected policy changes the organisation, channel or product of what was paid on it.
dates as (

    select business_date
    from touched_commissions
    union
    select commissions.paid_date as business_date
    from commissions
    inner join policies on commissions.policy_number = policies.policy_number
    where policies.issue_date in (select business_date from touched_policies)

)

select * from dates
