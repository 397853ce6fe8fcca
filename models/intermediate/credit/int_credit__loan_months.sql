with

loans as (

    select * from {{ ref('stg_lending__loans') }}
    where disbursed_date is not null and principal_amount > 0

),

instalments as (

    select * from {{ ref('stg_lending__instalments') }}

),

write_offs as (

    select
        loan_number,
        min(written_off_date) as written_off_date
    from {{ ref('stg_lending__write_offs') }}
    group by loan_number

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

bounds as (

    select
        date_trunc('month', min(loans.disbursed_date)) as first_month,
        date_trunc('month', max(as_of.as_of_date)) as last_month
    from loans
    cross join as_of

),

months as (

    select cast(unnest(generate_series(first_month, last_month, interval 1 month)) as date) as month_start_date
    from bounds

),

-- Month ends, and the as-of date for the month that is still running.
snapshots as (

    select least(last_day(months.month_start_date), as_of.as_of_date) as snapshot_date
    from months
    cross join as_of

),

repaid_by_month as (

    select
        loan_number,
        last_day(paid_date) as month_end_date,
        sum(principal_due_amount) as repaid_principal_amount
    from instalments
    where paid_date is not null
    group by loan_number, last_day(paid_date)

),

running as (

    select
        loans.loan_number,
        snapshots.snapshot_date,
        loans.organisation_code,
        loans.channel_code,
        loans.product_code,
        loans.principal_amount - coalesce(
            sum(repaid_by_month.repaid_principal_amount) over (
                partition by loans.loan_number order by snapshots.snapshot_date
            ), 0
        ) as outstanding_principal_amount
    from loans
    inner join snapshots on loans.disbursed_date <= snapshots.snapshot_date
    left join repaid_by_month
        on
            loans.loan_number = repaid_by_month.loan_number
            and last_day(snapshots.snapshot_date) = repaid_by_month.month_end_date
    left join write_offs on loans.loan_number = write_offs.loan_number
    -- what is written off has left the books, whatever is recovered of it later
    where coalesce(write_offs.written_off_date, date '9999-12-31') > snapshots.snapshot_date

),

-- Late instalments only, so that few rows meet the months.
past_due as (

    select
        instalments.loan_number,
        snapshots.snapshot_date,
        max(snapshots.snapshot_date - instalments.due_date) as days_past_due
    from instalments
    inner join snapshots
        on
            instalments.due_date < snapshots.snapshot_date
            and coalesce(instalments.paid_date, date '9999-12-31') > snapshots.snapshot_date
    group by instalments.loan_number, snapshots.snapshot_date

),

loan_months as (

    select
        running.loan_number,
        running.snapshot_date,
        running.organisation_code,
        running.channel_code,
        running.product_code,
        running.outstanding_principal_amount,
        coalesce(past_due.days_past_due, 0) as days_past_due
    from running
    left join past_due
        on
            running.loan_number = past_due.loan_number
            and running.snapshot_date = past_due.snapshot_date
    where running.outstanding_principal_amount > 0

)

select * from loan_months
