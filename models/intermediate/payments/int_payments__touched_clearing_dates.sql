with

entries as (

    select * from {{ ref('stg_account__clearing_entries') }}

),

corrected as (

    select * from {{ ref('int_loading__corrected_deliveries') }}

),

delivered as (

    {{ touched_dates_of(['account.clearing_entry']) }}

),

-- An entry refers to an order that is there before it; only a correction can change the order afterwards.
judged_again as (

    select entries.clearing_date as business_date
    from entries
    where exists (
        select 1 from corrected
        where corrected.source_name = 'account' and corrected.entity_name = 'payment_order'
    )

),

touched as (

    select business_date from delivered
    union
    select business_date from judged_again

)

select * from touched
