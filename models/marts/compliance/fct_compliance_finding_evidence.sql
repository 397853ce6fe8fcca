with

evidence as (

    select * from {{ ref('int_compliance__findings_with_evidence') }}

),

records as (

    select
        finding_id,
        rule_code,
        record_kind,
        record_key,
        record_date,
        record_amount as amount,
        record_note as note
    from evidence

)

select * from records
