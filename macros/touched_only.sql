{# A condition for a where clause: everything in a whole build, only the touched dates in a date-wise one. #}
{% macro touched_only(column) -%}
    {%- if is_date_wise() -%}
        {{ column }} in ({{ touched_dates() }})
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
