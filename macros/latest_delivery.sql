{# A qualify condition: of a record delivered more than once, the version delivered last. #}
{% macro latest_delivery(key) -%}
    row_number() over (
        partition by {{ key | join(', ') }}
        order by _delivered_date desc, _load_id desc, _row_number desc
    ) = 1
{%- endmacro %}
