with

points as (

    select * from {{ ref('scorecard_points') }}

),

labelled as (

    select
        card_version,
        attribute_code,
        bin_number,
        lower_bound,
        upper_bound,
        is_missing_bin,
        case
            when is_missing_bin then 'missing'
            when lower_bound is null and upper_bound is null then 'any'
            when lower_bound is null then '< ' || upper_bound
            when upper_bound is null then '>= ' || lower_bound
            else lower_bound || ' – ' || upper_bound
        end as bin_label,
        woe,
        points,
        sample_count,
        bad_count,
        cast(bad_count as double) / nullif(sample_count, 0) as bad_ratio
    from points

)

select * from labelled
