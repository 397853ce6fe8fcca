with

loans as (

    select * from {{ ref('fct_loans') }}
    where disbursed_date is not null and principal_amount > 0

),

loan_months as (

    select * from {{ ref('int_credit__loan_months') }}

),

write_offs as (

    select * from {{ ref('stg_lending__write_offs') }}

),

scores as (

    select * from {{ ref('fct_borrower_scores') }}
    where loan_number is not null

),

records as (

    select * from {{ ref('bridge_customer_records') }}

),

people as (

    select * from {{ ref('dim_customer') }}

),

vintage_months as (

    select * from {{ ref('vintage_months') }}

),

parameters as (

    select * from {{ ref('credit_parameters') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

serious_months as (

    select
        loan_months.loan_number,
        loan_months.snapshot_date,
        loan_months.outstanding_principal_amount
    from loan_months
    cross join parameters
    where
        loan_months.days_past_due >= parameters.serious_past_due_days
        and loan_months.snapshot_date = last_day(loan_months.snapshot_date)

),

-- What was outstanding when a loan was first seen 90 days past due at the end of a month; paying later does not undo it.
first_serious as (

    select
        loan_number,
        min(snapshot_date) as first_serious_date,
        min_by(outstanding_principal_amount, snapshot_date) as first_serious_amount
    from serious_months
    group by loan_number

),

written_off as (

    select
        loan_number,
        min(written_off_date) as written_off_date,
        sum(principal_amount) as written_off_amount
    from write_offs
    group by loan_number

),

-- A vintage is read at the end of a month on book; the month of disbursement, and only it, before it is over.
readings as (

    select
        loans.loan_number,
        loans.customer_id,
        loans.organisation_code,
        loans.channel_code,
        loans.product_code,
        loans.principal_amount,
        vintage_months.months_on_book,
        cast(least(
            last_day(date_trunc('month', loans.disbursed_date) + to_months(vintage_months.months_on_book)),
            case when vintage_months.months_on_book = 0 then as_of.as_of_date end
        ) as date) as reading_date
    from loans
    cross join vintage_months
    cross join as_of
    where
        vintage_months.months_on_book = 0
        or last_day(date_trunc('month', loans.disbursed_date) + to_months(vintage_months.months_on_book)) <= as_of.as_of_date

),

read_loans as (

    select
        readings.reading_date,
        readings.months_on_book,
        readings.organisation_code,
        readings.channel_code,
        readings.product_code,
        people.segment_code,
        readings.principal_amount,
        case when first_serious.first_serious_date <= readings.reading_date then first_serious.first_serious_amount else 0 end
            as ever_serious_amount,
        case
            when written_off.written_off_date <= readings.reading_date then written_off.written_off_amount
            else coalesce(serious_months.outstanding_principal_amount, 0)
        end as bad_debt_amount,
        case when scores.loan_number is not null then 1 else 0 end as scored_loan_count,
        cast(coalesce(scores.probability_of_default * parameters.default_calibration_ratio, 0) as decimal(18, 12))
            as expected_default_count,
        case
            when
                scores.loan_number is not null
                and (
                    first_serious.first_serious_date <= readings.reading_date
                    or written_off.written_off_date <= readings.reading_date
                ) then 1
            else 0
        end as actual_default_count
    from readings
    cross join parameters
    left join first_serious on readings.loan_number = first_serious.loan_number
    left join serious_months
        on readings.loan_number = serious_months.loan_number and readings.reading_date = serious_months.snapshot_date
    left join written_off on readings.loan_number = written_off.loan_number
    left join scores on readings.loan_number = scores.loan_number
    left join records on readings.customer_id = records.customer_id
    left join people on records.customer_key = people.customer_key

),

vintages as (

    select
        reading_date,
        months_on_book,
        organisation_code,
        channel_code,
        product_code,
        segment_code,
        cast(sum(principal_amount) as decimal(18, 2)) as disbursed_amount,
        cast(sum(ever_serious_amount) as decimal(18, 2)) as ever_serious_amount,
        cast(sum(bad_debt_amount) as decimal(18, 2)) as bad_debt_amount,
        cast(sum(scored_loan_count) as bigint) as scored_loan_count,
        cast(sum(expected_default_count) as decimal(28, 12)) as expected_default_count,
        cast(sum(actual_default_count) as bigint) as actual_default_count
    from read_loans
    group by all

)

select * from vintages
