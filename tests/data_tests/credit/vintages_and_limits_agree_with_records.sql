-- Detects: loans lost or counted twice in vintages, limits in force or guarantee balances that differ from the records.
-- Guards: a loan has one borrower record, person and score; the last change of a customer's limit is the one in force.
-- A returned row is a figure on which records and aggregates differ.
with

disbursed as (

    select coalesce(sum(principal_amount), 0) as record_figure
    from {{ ref('fct_loans') }}
    where disbursed_date is not null

),

last_limits as (

    select arg_max(credit_limit_amount, (changed_date, change_number)) as credit_limit_amount
    from {{ ref('stg_lending__credit_limits') }}
    group by customer_id

),

guaranteed as (

    select coalesce(sum(retained_liability_amount), 0) as record_figure
    from {{ ref('stg_lending__guarantee_balances') }}

),

figures as (

    select
        'disbursed principal' as figure_name,
        record_figure,
        (
            select coalesce(sum(vintages.disbursed_amount), 0) from {{ ref('agg_loan_vintages') }} as vintages
            where vintages.months_on_book = 0
        ) as aggregate_figure
    from disbursed
    union all
    select
        'limits in force' as figure_name,
        coalesce(sum(last_limits.credit_limit_amount), 0) as record_figure,
        (
            select coalesce(sum(daily.credit_limit_amount), 0) from {{ ref('agg_credit_limits_daily') }} as daily
            where daily.stock_date = (select as_of.as_of_date from {{ ref('int_core__as_of_date') }} as as_of)
        ) as aggregate_figure
    from last_limits
    union all
    select
        'guaranteed liability' as figure_name,
        record_figure,
        (select coalesce(sum(quarterly.retained_liability_amount), 0) from {{ ref('agg_guarantees_quarterly') }} as quarterly)
            as aggregate_figure
    from guaranteed

)

select * from figures
where record_figure <> aggregate_figure
