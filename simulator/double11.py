"""Writes one day of return-freight policies with their payments for the online property insurer: elastic volume at its peak.

150,000,000 policies at scale 1:1, in chunks of whole minutes so that memory stays bounded.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from simulator.double11_profile import MINUTES, QUOTED_PER_MINUTE, RUSH_MINUTES, Rush, plan_minutes, plan_prices
from simulator.engine import Plan, build_world
from simulator.landing import clear_folder, write_control_file, write_origin

PRODUCT_CODE = "RETURN_FREIGHT"
MASTER_DATA = ("organisation", "channel", "product", "intermediary")
POLICIES_PER_CHUNK = 5_000_000
COLUMN_OPTIONS = "format parquet, compression snappy, row_group_size 500000"


@dataclass(frozen=True)
class Figures:
    """What was written, computed from the files themselves; money in yuan, time in seconds, sizes in megabytes."""

    policies: int
    premium: float
    mean_premium: float
    mean_per_minute: float
    mean_per_minute_after_rush: float
    peak_per_minute: int
    files: int
    megabytes: float
    seconds: float
    processor_seconds: float
    peak_memory_megabytes: float

    def lines(self, divisor: int) -> list[str]:
        """The figures in words."""
        return [
            f"policies               {self.policies:,}",
            f"premium                {self.premium:,.2f} yuan",
            f"mean premium           {self.mean_premium:.4f} yuan",
            f"a minute, mean         {self.mean_per_minute:,.0f} over {MINUTES:,} minutes",
            f"a minute, after 01:00  {self.mean_per_minute_after_rush:,.0f} (article: {QUOTED_PER_MINUTE:,} at 1:1; here 1:{divisor})",
            f"a minute, peak         {self.peak_per_minute:,}",
            f"files                  {self.files:,} of {self.megabytes:,.0f} MB in all",
            f"seconds                {self.seconds:.1f} ({self.policies / self.seconds * 60:,.0f} policies written a minute)",
            f"processor seconds      {self.processor_seconds:.1f}",
            f"peak memory            {self.peak_memory_megabytes:,.0f} MB",
        ]


def _seller_side(connection: duckdb.DuckDBPyConnection) -> tuple[str, str, str, str]:
    """SQL for the issuing organisation, and the channel, intermediary and product line of the product's online sale."""
    row = connection.execute(
        "select channel_code, max(intermediary_code), any_value(product_line), any_value(company_code) from world.policy "
        f"where product_code = '{PRODUCT_CODE}' and intermediary_code is not null group by channel_code order by count(*) desc limit 1"
    ).fetchone()
    if row is None:
        raise ValueError(f"the simulated group sells no {PRODUCT_CODE} through an intermediary")
    shares = connection.execute(
        "select organisation_code, sum(count(*)) over (order by organisation_code) / sum(count(*)) over () from world.policy "
        f"where product_code = '{PRODUCT_CODE}' group by organisation_code order by organisation_code"
    ).fetchall()
    cases = " ".join(f"when uniform('double11/branch', n) < {share!r} then '{code}'" for code, share in shares[:-1])
    organisation = f"case {cases} else '{shares[-1][0]}' end" if cases else f"'{shares[-1][0]}'"
    return organisation, str(row[0]), str(row[1]), str(row[2])


def _chunk_queries(rush: Rush, seller: tuple[str, str, str, str], minutes: tuple[int, int]) -> dict[str, str]:
    """The policies and the payments issued in minutes `minutes[0]` to `minutes[1]`, as queries by entity."""
    organisation, channel, intermediary, line = seller
    day, stamp = f"date '{rush.day}'", f"{rush.day:%Y%m%d}"
    buyers = max(1000, rush.policies * 7 // 20)
    # Every thousand numbers use each price once, in an order of their own.
    numbered = f"""
        with spans as (select * from peak.minute where minute between {minutes[0]} and {minutes[1]}),
        numbers as (
            select minute, numbers_before, last_number - numbers_before as in_minute, unnest(range(numbers_before, last_number)) as n
            from spans
        ),
        sold as (
            select numbers.*, price.premium_amount from numbers
            inner join peak.price on price.slot = (n * 389 + floor(1000 * uniform('double11/price', n // 1000))::bigint) % 1000
        )
    """
    policy_number = f"'{line[:2].upper()}{stamp}' || lpad(n::varchar, 9, '0')"
    return {
        "policy": f"""
            {numbered},
            bought as (
                select *, floor({buyers} * uniform('double11/buyer', n) ** 1.4)::bigint as buyer from sold
            )
            select
                {policy_number} as policy_number,
                'O1' || lpad(buyer::varchar, 8, '0') as customer_id,
                '{PRODUCT_CODE}' as product_code,
                {organisation} as organisation_code,
                '{channel}' as channel_code,
                '{intermediary}' as intermediary_code,
                null::varchar as employee_code,
                {day} as application_date,
                {day}::timestamp + to_microseconds(60000000 * minute::bigint + (60000000 * (n - numbers_before)) // in_minute) as issued_at,
                {day} as issue_date,
                {day} as effective_date,
                {day} + 25 as expiry_date,
                'single' as payment_frequency,
                0::integer as payment_term_years,
                0::integer as coverage_term_years,
                premium_amount,
                (8 + 2 * floor(3 * uniform('double11/freight', n)))::decimal(18, 2) as sum_insured_amount,
                (18 + floor(42 * uniform('double11/age', buyer) ** 1.6))::integer as applicant_age,
                true as is_electronic,
                null::date as free_look_end_date
            from bought
        """,
        "premium_payment": f"""
            {numbered}
            select
                'R{stamp}' || lpad(n::varchar, 12, '0') as payment_number,
                {policy_number} as policy_number,
                1::integer as policy_year,
                {day} as due_date,
                {day} as accounting_date,
                premium_amount,
                null::decimal(18, 2) as account_value_amount,
                case when uniform('double11/method', n) < 0.93 then 'quick_pay' else 'withheld' end as payment_method
            from sold
        """,
    }


def _chunks(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """Runs of whole minutes of about `POLICIES_PER_CHUNK` policies each."""
    return [
        (first, last)
        for first, last in connection.execute(
            f"select min(minute), max(minute) from peak.minute group by numbers_before // {POLICIES_PER_CHUNK} order by 1"
        ).fetchall()
    ]


def _copy(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> tuple[Path, int]:
    """Write a query's rows with their control file and give the number of rows."""
    target.parent.mkdir(parents=True, exist_ok=True)
    quoted = str(target).replace("'", "''")
    answer = connection.execute(f"copy ({query}) to '{quoted}' ({COLUMN_OPTIONS})").fetchone()
    rows = int(answer[0]) if answer else 0
    write_control_file(target, rows)
    return target, rows


def _write_master_data(connection: duckdb.DuckDBPyConnection, landing: Path, day: date) -> int:
    """What the policies refer to, as known on the day: the latest record of each key, no date after the day."""
    for entity in MASTER_DATA:
        table = f"delivery.master_data__{entity}"
        columns = [(name, kind) for name, kind, *_ in connection.execute(f"describe {table}").fetchall() if name != "dt"]
        key = f"{entity}_code"
        listed = ", ".join(f"least({name}, date '{day}') as {name}" if kind == "DATE" else name for name, kind in columns)
        query = f"select {listed} from {table} qualify row_number() over (partition by {key} order by dt desc) = 1 order by {key}"
        _copy(connection, query, landing / "master_data" / entity / f"dt={day}" / f"{entity}.parquet")
    return len(MASTER_DATA)


def _measure(connection: duckdb.DuckDBPyConnection, landing: Path, files: int, started: float) -> Figures:
    """The figures, read back from the files written."""
    policies = str(landing / "policy_admin" / "policy" / "*" / "*.parquet").replace("'", "''")
    payments = str(landing / "policy_admin" / "premium_payment" / "*" / "*.parquet").replace("'", "''")
    rows = connection.execute(
        "with minutes as (select hour(issued_at) * 60 + minute(issued_at) as minute, count(*) as policies "
        f"from read_parquet('{policies}', hive_partitioning = false) group by all) "
        f"select sum(policies), max(policies), sum(policies) filter (minute >= {RUSH_MINUTES}) from minutes"
    ).fetchone()
    money = connection.execute(
        f"select sum(premium_amount), avg(premium_amount) from read_parquet('{payments}', hive_partitioning = false)"
    ).fetchone()
    if rows is None or money is None:
        raise ValueError(f"nothing was written below {landing}")
    size = sum(file.stat().st_size for file in landing.rglob("*.parquet"))
    return Figures(
        policies=int(rows[0]),
        premium=float(money[0]),
        mean_premium=float(money[1]),
        mean_per_minute=int(rows[0]) / MINUTES,
        mean_per_minute_after_rush=int(rows[2]) / (MINUTES - RUSH_MINUTES),
        peak_per_minute=int(rows[1]),
        files=files,
        megabytes=size / 1e6,
        seconds=time.monotonic() - started,
        processor_seconds=time.process_time(),
        peak_memory_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def write_double11(rush: Rush, plan: Plan, out: Path, report: Callable[[str], None]) -> Figures:
    """Write the day's deliveries below `out`/landing, two chunks at a time, and give their figures.

    `plan` is the group whose master data the policies refer to. Raises FileExistsError as `clear_folder` does.
    """
    started = time.monotonic()
    clear_folder(out)
    landing = out / "landing"
    write_origin(landing, rush.description, rush.seed, f"1:{rush.divisor}")
    connection = build_world(plan, lambda line: None)
    try:
        plan_minutes(connection, rush)
        plan_prices(connection)
        seller = _seller_side(connection)
        files = _write_master_data(connection, landing, rush.day)
        chunks = _chunks(connection)
        # One thread a query and two queries at a time: each file is written by one thread, so its bytes follow from the seed.
        connection.execute("set threads = 1")

        def write(number: int) -> int:
            cursor = connection.cursor()
            # A cursor has variables of its own.
            cursor.execute(f"set variable seed = {rush.seed}")
            rows = 0
            for entity, query in _chunk_queries(rush, seller, chunks[number]).items():
                target = landing / "policy_admin" / entity / f"dt={rush.day}" / f"{entity}_{number + 1:04}.parquet"
                rows = _copy(cursor, query, target)[1]
            cursor.close()
            return rows

        written = 0
        with ThreadPoolExecutor(max_workers=2) as pool:
            for number, rows in enumerate(pool.map(write, range(len(chunks))), start=1):
                written += rows
                seconds = time.monotonic() - started
                report(f"written {written:,} of {rush.policies:,} policies, {number} of {len(chunks)} chunks ({seconds:.0f} s)")
        connection.execute("set threads = 2")
        return _measure(connection, landing, files + 2 * len(chunks), started)
    finally:
        connection.close()
