with

pages as (

    select * from {{ ref('stg_marketing__online_pages') }}
    where component_codes is not null

),

used as (

    select distinct
        page_code,
        organisation_code,
        built_date,
        unnest(string_split(component_codes, ' ')) as component_code
    from pages

)

select * from used
