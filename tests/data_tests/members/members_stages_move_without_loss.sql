-- Detects customers who vanish between two months: each stage must be left by as many customers as stood in it a month before.
-- Guards the assumption that a customer once known keeps a stage at every month end, on which the matrix of moves rests.
-- A returned row is a month end and a stage of the month before, with the customers who stood in it and those who left it.
with

months as (

    select * from {{ ref('agg_customer_stages_monthly') }}

),

stood as (

    select
        snapshot_date as before_date,
        stage_code,
        sum(customer_count) as stood_count
    from months
    group by snapshot_date, stage_code

),

moved as (

    select
        snapshot_date,
        previous_stage_code as stage_code,
        sum(customer_count) as left_count
    from months
    where previous_stage_code <> 'none'
    group by snapshot_date, previous_stage_code

),

month_pairs as (

    select
        snapshot_date as before_date,
        lead(snapshot_date) over (order by snapshot_date) as snapshot_date
    from {{ ref('int_members__month_ends') }}

),

differing as (

    select
        month_pairs.snapshot_date,
        stood.stage_code,
        stood.stood_count,
        moved.left_count
    from stood
    inner join month_pairs on stood.before_date = month_pairs.before_date
    left join moved on month_pairs.snapshot_date = moved.snapshot_date and stood.stage_code = moved.stage_code
    where
        month_pairs.snapshot_date is not null
        and stood.stood_count is distinct from moved.left_count

)

select * from differing
