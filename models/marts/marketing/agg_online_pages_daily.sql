with

page_kinds as (

    select * from {{ ref('page_kinds') }}
    where is_compared

),

pages as (

    select * from {{ ref('stg_marketing__online_pages') }}
    where page_kind in (select page_kinds.page_kind from page_kinds)

),

daily as (

    select
        built_date,
        organisation_code,
        count(*) filter (where build_method = 'low_code') as low_code_page_count,
        count(*) filter (where build_method = 'traditional') as traditional_page_count,
        cast(coalesce(sum(development_cost_amount) filter (where build_method = 'low_code'), 0) as decimal(18, 2)) as low_code_cost_amount,
        cast(
            coalesce(sum(development_cost_amount) filter (where build_method = 'traditional'), 0) as decimal(18, 2)
        ) as traditional_cost_amount
    from pages
    group by built_date, organisation_code

)

select * from daily
