{# The touched dates of a list of deliveries, each named as source.entity. #}
{% macro touched_dates_of(deliveries) -%}
    select touched.business_date
    from {{ source('loading', 'touched_dates') }} as touched
    where touched.built_by_run_id is null
        and touched.source || '.' || touched.entity in ('{{ deliveries | join("', '") }}')
{%- endmacro %}
