{# A query of the business dates that loads have touched and no finished run has built yet. #}
{% macro touched_dates() -%}
    {%- set query = config.get('touched_dates_sql') -%}
    {%- if query -%}
        {{ query }}
    {%- else -%}
        {{ touched_dates_of(config.require('touched_by')) }}
    {%- endif -%}
{%- endmacro %}
