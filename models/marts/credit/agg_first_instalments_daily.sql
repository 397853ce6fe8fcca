with

instalments as (

    select * from {{ ref('fct_instalments') }}
    where is_first_instalment

),

parameters as (

    select * from {{ ref('credit_parameters') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

-- An instalment is judged once the days have passed; one that is due yesterday is neither good nor bad yet.
matured as (

    select
        instalments.due_date,
        instalments.organisation_code,
        instalments.channel_code,
        instalments.product_code,
        coalesce(instalments.days_paid_after_due > parameters.first_payment_default_days, true) as is_defaulted
    from instalments
    cross join parameters
    cross join as_of
    where instalments.due_date + parameters.first_payment_default_days <= as_of.as_of_date

),

daily as (

    select
        due_date,
        organisation_code,
        channel_code,
        product_code,
        count(*) as matured_first_instalment_count,
        count(*) filter (where is_defaulted) as defaulted_first_instalment_count
    from matured
    group by due_date, organisation_code, channel_code, product_code

)

select * from daily
