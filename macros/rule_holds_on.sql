{# A join condition: the version of a compliance rule that was in force on a date. #}
{% macro rule_holds_on(rule_code, date_column) -%}
    rules.rule_code = '{{ rule_code }}'
    and rules.valid_from_date <= {{ date_column }}
    and {{ date_column }} <= coalesce(rules.valid_to_date, date '9999-12-31')
{%- endmacro %}
