with

loan_months as (

    select * from {{ ref('int_credit__loan_months') }}

),

loans as (

    select * from {{ ref('stg_lending__loans') }}

),

write_offs as (

    select * from {{ ref('stg_lending__write_offs') }}

),

parameters as (

    select * from {{ ref('credit_parameters') }}

),

balances as (

    select
        loan_months.snapshot_date,
        loan_months.organisation_code,
        loan_months.channel_code,
        loan_months.product_code,
        cast(sum(loan_months.outstanding_principal_amount) as decimal(18, 2)) as outstanding_principal_amount,
        cast(sum(
            case when loan_months.days_past_due > 0 then loan_months.outstanding_principal_amount else 0 end
        ) as decimal(18, 2)) as past_due_principal_amount,
        cast(sum(
            case
                when loan_months.days_past_due >= parameters.past_due_days then loan_months.outstanding_principal_amount
                else 0
            end
        ) as decimal(18, 2)) as past_due_30_principal_amount,
        cast(sum(
            case
                when loan_months.days_past_due >= parameters.serious_past_due_days
                    then loan_months.outstanding_principal_amount
                else 0
            end
        ) as decimal(18, 2)) as past_due_90_principal_amount
    from loan_months
    cross join parameters
    group by
        loan_months.snapshot_date, loan_months.organisation_code, loan_months.channel_code, loan_months.product_code

),

snapshots as (

    select distinct snapshot_date
    from loan_months

),

written_off as (

    select
        snapshots.snapshot_date,
        loans.organisation_code,
        loans.channel_code,
        loans.product_code,
        sum(write_offs.principal_amount) as written_off_principal_amount
    from write_offs
    inner join loans on write_offs.loan_number = loans.loan_number
    cross join parameters
    inner join snapshots
        on
            write_offs.written_off_date <= snapshots.snapshot_date
            and write_offs.written_off_date
            > snapshots.snapshot_date - to_months(parameters.bad_debt_window_months)
    group by all

),

books as (

    select * from balances
    union all by name
    select * from written_off

),

monthly as (

    select
        snapshot_date,
        organisation_code,
        channel_code,
        product_code,
        cast(coalesce(sum(outstanding_principal_amount), 0) as decimal(18, 2)) as outstanding_principal_amount,
        cast(coalesce(sum(past_due_principal_amount), 0) as decimal(18, 2)) as past_due_principal_amount,
        cast(coalesce(sum(past_due_30_principal_amount), 0) as decimal(18, 2)) as past_due_30_principal_amount,
        cast(coalesce(sum(past_due_90_principal_amount), 0) as decimal(18, 2)) as past_due_90_principal_amount,
        cast(coalesce(sum(written_off_principal_amount), 0) as decimal(18, 2)) as written_off_principal_amount
    from books
    group by snapshot_date, organisation_code, channel_code, product_code

)

select * from monthly
