with

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

last_built as (

    select * from {{ ref('int_loading__last_built_date') }}

),

delivered as (

    {{ touched_dates_of(['account.account_balance', 'account.payment_order', 'account.fund_transaction']) }}

),

-- An order moves the balance of every day from its own on, and days without a delivery have a balance as well.
span as (

    select
        least(
            (select min(delivered.business_date) from delivered),
            (select cast(last_built.last_built_date + 1 as date) from last_built)
        ) as first_date,
        (select as_of.as_of_date from as_of) as last_date

),

later as (

    select cast(unnest(generate_series(first_date, last_date, interval 1 day)) as date) as business_date
    from span

)

select * from later
