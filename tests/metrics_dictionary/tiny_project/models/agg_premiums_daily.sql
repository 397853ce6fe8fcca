select
    cast(accounting_date as date) as accounting_date,
    organisation_code,
    channel_code,
    product_code,
    cast(premium_amount as decimal(18, 2)) as premium_amount,
    cast(payment_count as bigint) as payment_count,
    cast(rate_weight as double) as rate_weight
from (values
    ('2023-01-10', 'LIFE_BJ', 'online', 'P1', '100.10', 2, 0.1),
    ('2023-01-10', 'LIFE_SH', 'agent', 'P1', '200.20', 1, 0.2),
    ('2023-02-15', 'LIFE_BJ', 'online', 'P2', '0.30', 3, 0.3),
    ('2024-01-10', 'LIFE_BJ', 'online', 'P1', '150.15', 1, 0.4),
    ('2024-01-31', 'LIFE_SH', 'agent', 'P2', '50.05', 0, 0.5),
    ('2024-02-05', 'PROP_BJ', null, 'P3', '40.00', 4, 0.6),
    ('2024-02-25', 'PROP_BJ', 'online', 'P3', '999.00', 9, 0.7)
) as payments (accounting_date, organisation_code, channel_code, product_code, premium_amount, payment_count, rate_weight)
