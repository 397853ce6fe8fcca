-- Detects customer records lost or doubled when persons are resolved.
-- Guards the identity rule: every record leads to one person, and a person's record count is what leads to it.
-- A returned row is a person whose record count differs from the bridge.
with

bridged as (

    select
        customer_key,
        count(*) as record_count
    from {{ ref('bridge_customer_records') }}
    group by customer_key

)

select
    coalesce(people.customer_key, bridged.customer_key) as customer_key,
    people.record_count,
    bridged.record_count as bridged_count
from {{ ref('dim_customer') }} as people
full join bridged on people.customer_key = bridged.customer_key
where people.record_count is distinct from bridged.record_count
