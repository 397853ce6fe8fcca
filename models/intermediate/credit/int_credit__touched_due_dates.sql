with

touched_instalments as (

    {{ touched_dates_of(['lending.instalment']) }}

),

touched_loans as (

    {{ touched_dates_of(['lending.loan']) }}

),

loans as (

    select * from {{ ref('stg_lending__loans') }}

),

instalments as (

    select * from {{ ref('stg_lending__instalments') }}

),

-- A loan delivered again may have moved its instalments to another organisation or product.
dates as (

    select business_date
    from touched_instalments
    union
    select instalments.due_date as business_date
    from instalments
    inner join loans on instalments.loan_number = loans.loan_number
    where loans.application_date in (select business_date from touched_loans)

)

select * from dates
