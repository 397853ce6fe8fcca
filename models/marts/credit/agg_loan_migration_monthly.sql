with

loan_months as (

    select * from {{ ref('int_credit__loan_months') }}
    where snapshot_date = last_day(snapshot_date)

),

write_offs as (

    select * from {{ ref('stg_lending__write_offs') }}

),

buckets as (

    select * from {{ ref('delinquency_buckets') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

bucketed as (

    select
        loan_months.*,
        buckets.bucket_number,
        cast(last_day(loan_months.snapshot_date + 1) as date) as next_snapshot_date
    from loan_months
    inner join buckets on loan_months.days_past_due between buckets.from_days and buckets.to_days

),

-- A loan that is further past due, or was written off in the month, has rolled; a written-off one counts with what it owed.
rolled as (

    select
        openings.next_snapshot_date as snapshot_date,
        openings.organisation_code,
        openings.channel_code,
        openings.product_code,
        openings.bucket_number,
        openings.outstanding_principal_amount as opening_amount,
        case
            when write_offs.loan_number is not null then openings.outstanding_principal_amount
            when closings.bucket_number > openings.bucket_number then closings.outstanding_principal_amount
            else 0
        end as rolled_amount
    from bucketed as openings
    cross join as_of
    left join bucketed as closings
        on openings.loan_number = closings.loan_number and openings.next_snapshot_date = closings.snapshot_date
    left join write_offs
        on
            openings.loan_number = write_offs.loan_number
            and write_offs.written_off_date > openings.snapshot_date
            and write_offs.written_off_date <= openings.next_snapshot_date
    where openings.next_snapshot_date <= as_of.as_of_date

),

monthly as (

    select
        snapshot_date,
        organisation_code,
        channel_code,
        product_code,
        cast(coalesce(sum(opening_amount) filter (where bucket_number = 0), 0) as decimal(18, 2)) as opening_m0_amount,
        cast(coalesce(sum(opening_amount) filter (where bucket_number = 1), 0) as decimal(18, 2)) as opening_m1_amount,
        cast(coalesce(sum(opening_amount) filter (where bucket_number = 2), 0) as decimal(18, 2)) as opening_m2_amount,
        cast(coalesce(sum(opening_amount) filter (where bucket_number = 3), 0) as decimal(18, 2)) as opening_m3_amount,
        cast(coalesce(sum(rolled_amount) filter (where bucket_number = 0), 0) as decimal(18, 2)) as rolled_m0_amount,
        cast(coalesce(sum(rolled_amount) filter (where bucket_number = 1), 0) as decimal(18, 2)) as rolled_m1_amount,
        cast(coalesce(sum(rolled_amount) filter (where bucket_number = 2), 0) as decimal(18, 2)) as rolled_m2_amount,
        cast(coalesce(sum(rolled_amount) filter (where bucket_number = 3), 0) as decimal(18, 2)) as rolled_m3_amount
    from rolled
    group by snapshot_date, organisation_code, channel_code, product_code

)

select * from monthly
