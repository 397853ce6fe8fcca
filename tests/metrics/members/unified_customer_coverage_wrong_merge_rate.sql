-- 误并率: of records tied to a unified number by the end of the period and carrying an identity number, those of
-- another person than most records of that number name (in a draw, than the one tied first).
with tied as (
    select
        link.*,
        customer.id_number
    from latest.identity_link as link
    inner join latest.customer as customer on link.customer_id = customer.customer_id
    where link.unified_customer_id is not null and customer.id_number is not null
),

owners as (
    select
        unified_customer_id,
        id_number
    from tied
    group by unified_customer_id, id_number
    qualify row_number() over (partition by unified_customer_id order by count(*) desc, min(linked_date), min(customer_id)) = 1
)

select
    periods.grain,
    periods.period_start_date,
    tied.organisation_code,
    null as channel_code,
    null as product_code,
    cast(tied.id_number <> owners.id_number as integer) as numerator,
    1 as denominator
from periods
inner join tied on periods.period_end_date >= tied.linked_date
inner join owners on tied.unified_customer_id = owners.unified_customer_id
where periods.grain <> 'day'
