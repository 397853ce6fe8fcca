-- Detects calls that are neither answered nor abandoned, or both, and AI sessions no visit counts.
-- Guards the identities: calls asking for a human agent = answered + abandoned; every AI session begins a visit or follows
-- one of the same customer within the gap, so that no customer with sessions is without a visit.
-- A returned row is a date and organisation where the identity fails, or a customer whose sessions make no visit.
with

unbalanced as (

    select
        'answered and abandoned calls do not make the requests' as finding,
        cast(contact_date as varchar) || ' ' || organisation_code as finding_key
    from {{ ref('agg_contacts_daily') }}
    where answered_call_count + abandoned_call_count != requested_call_count

),

without_visit as (

    select
        'AI sessions without a visit' as finding,
        coalesce(customer_id, contact_number) as finding_key
    from {{ ref('fct_contacts') }}
    where contact_type = 'ai_session'
    group by coalesce(customer_id, contact_number)
    having count(ai_visit_number) = 0

),

findings as (

    select * from unbalanced
    union all
    select * from without_visit

)

select * from findings
