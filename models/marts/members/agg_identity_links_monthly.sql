with

judgements as (

    select * from {{ ref('int_members__identity_judgements') }}

),

month_ends as (

    select * from {{ ref('int_members__month_ends') }}

),

organisations as (

    select distinct organisation_code
    from judgements

),

first_month as (

    select min(month_start_date) as month_start_date
    from month_ends

),

changes as (

    select
        organisation_code,
        registered_date as changed_date,
        1 as record_count,
        0 as linked_record_count,
        0 as judged_record_count,
        0 as wrongly_merged_record_count
    from judgements

    union all

    select
        organisation_code,
        linked_date as changed_date,
        0 as record_count,
        1 as linked_record_count,
        cast(is_judged as integer) as judged_record_count,
        cast(is_wrong_merge as integer) as wrongly_merged_record_count
    from judgements
    where linked_date is not null

),

-- What happened before the first month stands in it.
monthly_changes as (

    select
        greatest(cast(date_trunc('month', changes.changed_date) as date), first_month.month_start_date) as month_start_date,
        changes.organisation_code,
        sum(changes.record_count) as record_count,
        sum(changes.linked_record_count) as linked_record_count,
        sum(changes.judged_record_count) as judged_record_count,
        sum(changes.wrongly_merged_record_count) as wrongly_merged_record_count
    from changes
    cross join first_month
    group by 1, 2

),

monthly as (

    select
        month_ends.snapshot_date,
        organisations.organisation_code,
        cast(sum(coalesce(monthly_changes.record_count, 0)) over so_far as bigint) as record_count,
        cast(sum(coalesce(monthly_changes.linked_record_count, 0)) over so_far as bigint) as linked_record_count,
        cast(sum(coalesce(monthly_changes.judged_record_count, 0)) over so_far as bigint) as judged_record_count,
        cast(sum(coalesce(monthly_changes.wrongly_merged_record_count, 0)) over so_far as bigint) as wrongly_merged_record_count
    from month_ends
    cross join organisations
    left join monthly_changes
        on
            month_ends.month_start_date = monthly_changes.month_start_date
            and organisations.organisation_code = monthly_changes.organisation_code
    window so_far as (partition by organisations.organisation_code order by month_ends.snapshot_date)

)

select * from monthly
