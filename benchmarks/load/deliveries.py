"""Return-freight policies of any number, as parquet deliveries of equal size, and the master data they refer to."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb

FIRST_DAY = date(2024, 1, 2)
MASTER_DATA = {
    "organisation": "select * from (values ('G', '集团', 'Group', null, 0, 'group', '310000', date '2024-01-01'),"
    " ('P1', '财险', 'Property', 'G', 1, 'property', '310000', date '2024-01-01'),"
    " ('P11', '上海', 'Shanghai', 'P1', 2, 'property', '310000', date '2024-01-01'),"
    " ('P12', '浙江', 'Zhejiang', 'P1', 2, 'property', '330000', date '2024-01-01')) as t(organisation_code,"
    " organisation_name_zh, organisation_name_en, parent_organisation_code, organisation_level, company_type, region_code,"
    " updated_date)",
    "channel": "select 'ONLINE' as channel_code, '线上' as channel_name_zh, 'Online' as channel_name_en,"
    " null::varchar as parent_channel_code, 'online' as channel_group, date '2024-01-01' as updated_date",
    "product": "select 'RF0' || i as product_code, '退货运费险' as product_name_zh, 'Return freight' as product_name_en,"
    " 'return_freight' as product_line, 'P1' as organisation_code, 'none' as design_type, true as is_insurance_contract,"
    " false as is_long_term, true as is_micro_premium, date '2020-01-01' as launched_date, date '2024-01-01' as updated_date"
    " from range(1, 5) as t(i)",
    "intermediary": "select 'PLATFORM' || i as intermediary_code, '平台' as intermediary_name_zh,"
    " 'Platform' as intermediary_name_en, 'platform' as intermediary_type, 'P1' as organisation_code,"
    " 'ONLINE' as channel_code, date '2024-01-01' as updated_date from range(1, 4) as t(i)",
}
POLICIES = """
    select
        'RF' || strftime($day::date, '%Y%m%d') || lpad(i::varchar, 10, '0') as policy_number,
        'C' || lpad((hash(i, $seed) % 30000000)::varchar, 10, '0') as customer_id,
        'RF0' || (1 + hash(i, 1) % 4) as product_code,
        if(hash(i, 2) % 2 = 0, 'P11', 'P12') as organisation_code,
        'ONLINE' as channel_code,
        'PLATFORM' || (1 + hash(i, 3) % 3) as intermediary_code,
        null::varchar as employee_code,
        $day::date as application_date,
        $day::date::timestamp + to_microseconds((i * 86400000000 // $rows)::bigint) as issued_at,
        $day::date as issue_date,
        $day::date as effective_date,
        $day::date + 90 as expiry_date,
        'single' as payment_frequency,
        0 as payment_term_years,
        0 as coverage_term_years,
        (0.10 + (hash(i, 4) % 190) / 100)::decimal(18, 2) as premium_amount,
        (8 + hash(i, 5) % 18)::decimal(18, 2) as sum_insured_amount,
        (18 + hash(i, 6) % 50)::integer as applicant_age,
        true as is_electronic,
        null::date as free_look_end_date
    from range($rows) as t(i)
"""


def write_master_data(landing: Path) -> None:
    """Deliver what the policies refer to, one small parquet file per entity."""
    with duckdb.connect() as connection:
        for entity, query in MASTER_DATA.items():
            target = landing / "master_data" / entity / "dt=2024-01-01" / "all.parquet"
            target.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(f"copy ({query}) to '{target}' (format parquet)")


def write_policies(landing: Path, rows: int, days: int) -> list[Path]:
    """Deliver `rows` policies in `days` files, each of one day; returns the files in order."""
    files = []
    with duckdb.connect() as connection:
        for number in range(days):
            day = FIRST_DAY + timedelta(days=number)
            target = landing / "policy_admin" / "policy" / f"dt={day}" / "policy.parquet"
            target.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(f"copy ({POLICIES}) to '{target}' (format parquet)", {"day": day, "seed": number, "rows": rows // days})
            files.append(target)
    return files
