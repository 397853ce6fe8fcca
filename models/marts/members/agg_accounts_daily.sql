with

accounts as (

    select * from {{ ref('stg_account__accounts') }}

),

customer_records as (

    select * from {{ ref('bridge_customer_records') }}

),

customers as (

    select * from {{ ref('dim_customer') }}

),

parameters as (

    select
        max(parameter_value) filter (where parameter_code = 'verified_channels') as verified_channels,
        max(parameter_value) filter (where parameter_code = 'class_three_channels') as class_three_channels
    from {{ ref('member_parameters') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

described as (

    select
        customer_records.organisation_code,
        coalesce(customers.segment_code, 'BIRTH_UNKNOWN') as segment_code,
        accounts.opened_date,
        accounts.closed_date,
        case
            when accounts.verification_channel_count >= parameters.verified_channels then accounts.verified_date
        end as verified_date,
        accounts.verification_channel_count >= parameters.class_three_channels as is_class_three
    from accounts
    cross join parameters
    left join customer_records on accounts.customer_id = customer_records.customer_id
    left join customers on customer_records.customer_key = customers.customer_key

),

changes as (

    select
        organisation_code,
        segment_code,
        opened_date as changed_date,
        1 as open_change,
        0 as verified_change,
        0 as class_three_change
    from described

    union all

    select
        organisation_code,
        segment_code,
        greatest(verified_date, opened_date) as changed_date,
        0 as open_change,
        1 as verified_change,
        cast(is_class_three as integer) as class_three_change
    from described
    where verified_date is not null and (closed_date is null or closed_date > verified_date)

    union all

    select
        organisation_code,
        segment_code,
        closed_date as changed_date,
        -1 as open_change,
        case when verified_date < closed_date then -1 else 0 end as verified_change,
        case when verified_date < closed_date and is_class_three then -1 else 0 end as class_three_change
    from described
    where closed_date is not null

),

daily_changes as (

    select
        changed_date,
        organisation_code,
        segment_code,
        sum(open_change) as open_change,
        sum(verified_change) as verified_change,
        sum(class_three_change) as class_three_change
    from changes
    group by changed_date, organisation_code, segment_code

),

segments as (

    select
        organisation_code,
        segment_code,
        min(changed_date) as first_date
    from daily_changes
    group by organisation_code, segment_code

),

days as (

    select
        segments.organisation_code,
        segments.segment_code,
        cast(unnest(generate_series(segments.first_date, as_of.as_of_date, interval 1 day)) as date) as snapshot_date
    from segments
    cross join as_of

),

daily as (

    select
        days.snapshot_date,
        days.organisation_code,
        days.segment_code,
        cast(sum(coalesce(daily_changes.open_change, 0)) over so_far as bigint) as open_account_count,
        cast(sum(coalesce(daily_changes.verified_change, 0)) over so_far as bigint) as verified_account_count,
        cast(sum(coalesce(daily_changes.class_three_change, 0)) over so_far as bigint) as class_three_account_count
    from days
    left join daily_changes
        on
            days.snapshot_date = daily_changes.changed_date
            and days.organisation_code is not distinct from daily_changes.organisation_code
            and days.segment_code = daily_changes.segment_code
    window so_far as (partition by days.organisation_code, days.segment_code order by days.snapshot_date)

)

select * from daily
