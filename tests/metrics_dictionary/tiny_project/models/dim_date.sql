select cast(day_start as date) as date_day
from (select unnest(range(date '2022-01-01', date '2025-01-01', interval 1 day)) as day_start)
