-- Detects agents who appear or vanish between two months.
-- Guards the reading of joining and leaving dates: who is there at the end of a month is there at the beginning of the next.
-- A returned row is a month whose agents at the beginning differ from those at the end of the month before.
with

months as (

    select
        month_start_date,
        sum(agents_at_start_count) as agents_at_start_count,
        sum(agents_at_end_count) as agents_at_end_count
    from {{ ref('agg_agents_monthly') }}
    group by month_start_date

),

followed as (

    select
        month_start_date,
        agents_at_start_count,
        lag(agents_at_end_count) over (order by month_start_date) as agents_at_end_before_count
    from months

)

select * from followed
where agents_at_start_count <> agents_at_end_before_count
