with

attribute_values as (

    select * from {{ ref('int_credit__borrower_attributes') }}

),

bins as (

    select
        *,
        max(points) over (partition by card_version, attribute_code) as best_points
    from {{ ref('scorecard_points') }}

),

pointed as (

    select
        attribute_values.borrower_number,
        attribute_values.observation_date,
        attribute_values.card_version,
        attribute_values.attribute_code,
        attribute_values.attribute_number,
        attribute_values.attribute_value,
        bins.bin_number,
        bins.points,
        bins.best_points - bins.points as lost_points
    from attribute_values
    inner join bins
        on
            attribute_values.card_version = bins.card_version
            and attribute_values.attribute_code = bins.attribute_code
            and case
                when bins.is_missing_bin then attribute_values.attribute_value is null
                else
                    attribute_values.attribute_value >= coalesce(bins.lower_bound, '-infinity')
                    and (bins.upper_bound is null or attribute_values.attribute_value < bins.upper_bound)
            end

)

select * from pointed
