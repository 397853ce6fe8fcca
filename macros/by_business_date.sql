{#
  A table that is built whole once, and from then on only for the business dates that loads have touched.

  config(
      materialized='by_business_date',
      business_date='issue_date',            -- the column whose dates are replaced
      touched_by=['policy_admin.policy'],    -- deliveries whose touched dates are replaced, as source.entity
      touched_dates_sql='select ...'         -- or: any query of one column of dates
  )
  The model itself filters with touched_only('issue_date'). Replacing is delete and insert in one transaction, so a
  build that is killed leaves the dates as they were, and a rerun of the same dates gives the same rows.
#}
{% materialization by_business_date, adapter='duckdb' %}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set business_date = config.require('business_date') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% if is_date_wise() %}
        {% if config.get('contract').enforced %}{% do get_assert_columns_equivalent(sql) %}{% endif %}
        {%- set column_names = adapter.get_columns_in_relation(existing) | map(attribute='quoted') | join(', ') -%}
        {% call statement('delete_touched') -%}
            delete from {{ target_relation }} where {{ business_date }} in ({{ touched_dates() }})
        {%- endcall %}
        {% call statement('main') -%}
            insert into {{ target_relation }} ({{ column_names }})
            select {{ column_names }} from ({{ compiled_code }}) as touched_rows
        {%- endcall %}
    {% else %}
        {%- set building = make_intermediate_relation(target_relation) -%}
        {% do drop_relation_if_exists(load_cached_relation(building)) %}
        {% call statement('main') -%}
            {{ create_table_as(False, building, compiled_code) }}
        {%- endcall %}
        {% do drop_relation_if_exists(existing) %}
        {% do adapter.rename_relation(building, target_relation) %}
    {% endif %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do adapter.commit() %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
