with

limits as (

    select * from {{ ref('stg_lending__credit_limits') }}

),

loans as (

    select * from {{ ref('stg_lending__loans') }}
    where disbursed_date is not null and principal_amount > 0

),

instalments as (

    select * from {{ ref('stg_lending__instalments') }}
    where paid_date is not null

),

write_offs as (

    select * from {{ ref('stg_lending__write_offs') }}

),

records as (

    select * from {{ ref('bridge_customer_records') }}

),

people as (

    select * from {{ ref('dim_customer') }}

),

as_of as (

    select as_of_date from {{ ref('int_core__as_of_date') }}

),

-- The last change of a day holds at its end.
limits_of_days as (

    select
        customer_id,
        changed_date as event_date,
        arg_max(credit_limit_amount, change_number) as credit_limit_amount
    from limits
    group by customer_id, changed_date

),

written_off as (

    select
        loan_number,
        min(written_off_date) as written_off_date
    from write_offs
    group by loan_number

),

-- What is repaid after a write-off is a recovery and no longer moves the balance.
repaid as (

    select
        loans.loan_number,
        loans.customer_id,
        instalments.paid_date as event_date,
        -instalments.principal_due_amount as change_amount
    from instalments
    inner join loans on instalments.loan_number = loans.loan_number
    left join written_off on loans.loan_number = written_off.loan_number
    where instalments.paid_date < coalesce(written_off.written_off_date, date '9999-12-31')

),

movements as (

    select
        loan_number,
        customer_id,
        disbursed_date as event_date,
        principal_amount as change_amount
    from loans

    union all

    select * from repaid

),

balance_changes as (

    select * from movements

    union all

    select
        movements.loan_number,
        movements.customer_id,
        any_value(written_off.written_off_date) as event_date,
        -sum(movements.change_amount) as change_amount
    from movements
    inner join written_off on movements.loan_number = written_off.loan_number
    group by movements.loan_number, movements.customer_id

),

balances_of_days as (

    select
        customer_id,
        event_date,
        sum(change_amount) as change_amount
    from balance_changes
    group by customer_id, event_date

),

customer_days as (

    select
        coalesce(limits_of_days.customer_id, balances_of_days.customer_id) as customer_id,
        coalesce(limits_of_days.event_date, balances_of_days.event_date) as event_date,
        limits_of_days.credit_limit_amount,
        coalesce(balances_of_days.change_amount, 0) as change_amount
    from limits_of_days
    full join balances_of_days
        on limits_of_days.customer_id = balances_of_days.customer_id and limits_of_days.event_date = balances_of_days.event_date

),

customer_states as (

    select
        customer_id,
        event_date,
        coalesce(last_value(credit_limit_amount ignore nulls) over history, 0) as limit_amount,
        sum(change_amount) over history as balance_amount
    from customer_days
    window history as (partition by customer_id order by event_date)

),

-- A customer without a limit in force, frozen or never granted, counts in neither part.
used_states as (

    select
        customer_id,
        event_date,
        limit_amount,
        case when limit_amount > 0 then balance_amount else 0 end as used_amount
    from customer_states

),

changes as (

    select
        customer_id,
        event_date,
        limit_amount - coalesce(lag(limit_amount) over history, 0) as limit_change_amount,
        used_amount - coalesce(lag(used_amount) over history, 0) as used_change_amount
    from used_states
    window history as (partition by customer_id order by event_date)

),

segment_changes as (

    select
        coalesce(people.segment_code, '(unknown)') as segment_code,
        changes.event_date,
        sum(changes.limit_change_amount) as limit_change_amount,
        sum(changes.used_change_amount) as used_change_amount
    from changes
    left join records on changes.customer_id = records.customer_id
    left join people on records.customer_key = people.customer_key
    group by all

),

segments as (

    select
        segment_code,
        min(event_date) as first_date
    from segment_changes
    group by segment_code

),

days as (

    select
        segments.segment_code,
        cast(unnest(generate_series(segments.first_date, as_of.as_of_date, interval 1 day)) as date) as stock_date
    from segments
    cross join as_of

),

daily as (

    select
        days.stock_date,
        days.segment_code,
        cast(sum(coalesce(segment_changes.limit_change_amount, 0)) over history as decimal(18, 2)) as credit_limit_amount,
        cast(sum(coalesce(segment_changes.used_change_amount, 0)) over history as decimal(18, 2)) as used_limit_amount
    from days
    left join segment_changes
        on days.segment_code = segment_changes.segment_code and days.stock_date = segment_changes.event_date
    window history as (partition by days.segment_code order by days.stock_date)

)

select * from daily
