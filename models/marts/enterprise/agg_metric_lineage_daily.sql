with

metrics as (

    select * from {{ ref('int_enterprise__metric_lineage') }}

),

daily as (

    select
        recorded_date,
        count(*) as catalogue_metric_count,
        count(*) filter (where has_lineage) as traced_metric_count
    from metrics
    group by recorded_date

)

select * from daily
