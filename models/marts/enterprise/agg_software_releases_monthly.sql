with

releases as (

    select * from {{ ref('stg_it__software_releases') }}

),

monthly as (

    select
        cast(date_trunc('month', released_date) as date) as released_month_date,
        organisation_code,
        cast(sum(delivered_point_count) as bigint) as delivered_point_count,
        cast(sum(person_month_count) as decimal(18, 3)) as person_month_count
    from releases
    group by cast(date_trunc('month', released_date) as date), organisation_code

)

select * from monthly
