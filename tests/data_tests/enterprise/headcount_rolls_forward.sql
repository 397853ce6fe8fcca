-- Detects a month whose people do not follow from the month before: closing headcount is the opening of the next month, and people
-- of today are all that joined less all that left.
-- Guards the assumption that months follow each other without a gap and that nobody leaves before joining.
-- A returned row is an organisation, line and month whose opening differs from the close before it, or whose people do not add up.
with

months as (

    select
        *,
        lag(closing_count) over (partition by organisation_code, employee_line order by month_end_date) as closing_before_count
    from {{ ref('agg_headcount_monthly') }}

),

differing as (

    select * from months
    where
        opening_count != closing_before_count
        or closing_count != opening_count + hired_count - leaver_count
        or voluntary_leaver_count > leaver_count

)

select * from differing
