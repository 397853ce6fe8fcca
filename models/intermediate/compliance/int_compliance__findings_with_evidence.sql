{# To add a rule: a row in seeds/compliance/compliance_rules.csv, a model of the same columns here, its unit tests; and its
   name in this list, because dbt has to see every reference before it runs. A table, so that findings and evidence are
   cut from one evaluation of the rules. #}
{{ config(materialized='table') }}
{%- set rule_models = [
    'int_compliance__licence_expiry',
    'int_compliance__missing_dual_recording',
    'int_compliance__commission_over_cap',
    'int_compliance__shared_mobile_number',
    'int_compliance__overdue_complaint',
    'int_compliance__concentrated_surrender',
    'int_compliance__large_cash',
    'int_compliance__split_cash',
] -%}
with

{% for rule_model in rule_models %}
    {{ rule_model | replace('int_compliance__', '') }} as (

        select * from {{ ref(rule_model) }}

    ),

{% endfor %}
findings as (

    {% for rule_model in rule_models %}
        select
            rule_code,
            subject_kind,
            subject_code,
            organisation_code,
            channel_code,
            intermediary_code,
            cast(business_date as date) as business_date,
            severity,
            cast(measured_value as decimal(18, 6)) as measured_value,
            cast(threshold_value as decimal(18, 6)) as threshold_value,
            due_date,
            summary_zh,
            summary_en,
            record_kind,
            record_key,
            record_date,
            record_amount,
            record_note
        from {{ rule_model | replace('int_compliance__', '') }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

identified as (

    select
        left(sha256(rule_code || '|' || subject_kind || '|' || subject_code || '|' || business_date), 24) as finding_id,
        *
    from findings

)

select * from identified
