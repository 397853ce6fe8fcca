with

points as (

    select * from {{ ref('scorecard_points') }}

),

versions as (

    select * from {{ ref('scorecard_versions') }}

),

names as (

    select * from {{ ref('scorecard_attributes') }}

),

attributes as (

    select
        card_version,
        attribute_code,
        min(attribute_number) as attribute_number,
        cast(count(*) as integer) as bin_count,
        min(points) as lowest_points,
        max(points) as highest_points,
        sum(information_value) as information_value
    from points
    group by card_version, attribute_code

),

named as (

    select
        attributes.card_version,
        attributes.attribute_code,
        versions.status as card_status,
        attributes.attribute_number,
        names.attribute_name_zh,
        names.attribute_name_en,
        names.reason_zh,
        names.reason_en,
        attributes.bin_count,
        attributes.lowest_points,
        attributes.highest_points,
        cast(attributes.information_value as double) as information_value
    from attributes
    inner join versions on attributes.card_version = versions.card_version
    inner join names on attributes.attribute_code = names.attribute_code

)

select * from named
