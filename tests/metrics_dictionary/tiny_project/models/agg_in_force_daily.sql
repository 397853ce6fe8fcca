select
    cast(snapshot_date as date) as snapshot_date,
    organisation_code,
    cast(policy_count as bigint) as policy_count
from (values
    ('2024-01-30', 'LIFE_BJ', 10), ('2024-01-30', 'LIFE_SH', 5),
    ('2024-01-31', 'LIFE_BJ', 12), ('2024-01-31', 'LIFE_SH', 0),
    ('2024-02-20', 'LIFE_BJ', 11), ('2024-02-20', 'LIFE_SH', 4)
) as snapshots (snapshot_date, organisation_code, policy_count)
