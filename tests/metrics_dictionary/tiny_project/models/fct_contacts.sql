select
    contact_id,
    cast(contact_date as date) as contact_date,
    organisation_code,
    channel_code,
    customer_id,
    cast(is_answered as boolean) as is_answered,
    cast(wait_seconds as bigint) as wait_seconds
from (values
    (1, '2024-01-05', 'LIFE_BJ', 'online', 'A', true, 30),
    (2, '2024-01-06', 'LIFE_BJ', 'online', 'A', true, 10),
    (3, '2024-01-07', 'LIFE_SH', 'agent', 'A', false, 20),
    (4, '2024-01-08', 'LIFE_SH', 'agent', 'B', true, 40),
    (5, '2024-02-01', 'LIFE_BJ', 'online', 'B', false, 50)
) as contacts (contact_id, contact_date, organisation_code, channel_code, customer_id, is_answered, wait_seconds)
