{# True when this run replaces touched dates only: the table exists, and no full refresh was asked for. #}
{% macro is_date_wise() -%}
    {%- if not execute or should_full_refresh() -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set existing = load_cached_relation(this) -%}
    {{ return(existing is not none and existing.is_table) }}
{%- endmacro %}
