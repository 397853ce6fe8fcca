"""Small deliveries for the tests of loading: good records, and ways to write them down."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb

from metrics_dictionary.locations import DataFolder
from orchestration.lib.loading import load_pending

DAY = "2024-01-10"
POLICY = "policy_admin/policy"
PARENTS = {
    "master_data/organisation": [
        {
            "organisation_code": code,
            "organisation_name_zh": name,
            "organisation_name_en": name,
            "parent_organisation_code": parent,
            "organisation_level": level,
            "company_type": kind,
            "region_code": "310000",
            "updated_date": "2024-01-01",
        }
        for code, name, parent, level, kind in [("G", "Group", "", 0, "group"), ("P1", "Property", "G", 1, "property")]
    ],
    "master_data/channel": [
        {
            "channel_code": "ONLINE",
            "channel_name_zh": "线上",
            "channel_name_en": "Online",
            "parent_channel_code": "",
            "channel_group": "online",
            "updated_date": "2024-01-01",
        }
    ],
    "master_data/product": [
        {
            "product_code": "RF01",
            "product_name_zh": "退货运费险",
            "product_name_en": "Return freight",
            "product_line": "return_freight",
            "organisation_code": "P1",
            "design_type": "none",
            "is_insurance_contract": "true",
            "is_long_term": "false",
            "is_micro_premium": "true",
            "launched_date": "2020-01-01",
            "updated_date": "2024-01-01",
        }
    ],
    "master_data/intermediary": [
        {
            "intermediary_code": "PLAT",
            "intermediary_name_zh": "平台",
            "intermediary_name_en": "Platform",
            "intermediary_type": "platform",
            "organisation_code": "P1",
            "channel_code": "ONLINE",
            "updated_date": "2024-01-01",
        }
    ],
}
_POLICY = {
    "customer_id": "C1",
    "product_code": "RF01",
    "organisation_code": "P1",
    "channel_code": "ONLINE",
    "intermediary_code": "PLAT",
    "employee_code": "",
    "application_date": "2024-01-09",
    "issued_at": "2024-01-09 10:30:00",
    "issue_date": "2024-01-09",
    "effective_date": "2024-01-10",
    "expiry_date": "2024-04-09",
    "payment_frequency": "single",
    "payment_term_years": "0",
    "coverage_term_years": "0",
    "premium_amount": "1.25",
    "sum_insured_amount": "15.00",
    "applicant_age": "30",
    "is_electronic": "true",
    "free_look_end_date": "",
}


def policy(number: int | str, **changes: str | None) -> dict:
    """A good policy record as text; changes replace values, None takes the column away."""
    record = {"policy_number": f"P{number:03d}" if isinstance(number, int) else number} | _POLICY | changes
    return {name: value for name, value in record.items() if value is not None}


def policies(count: int, start: int = 1, **changes: str | None) -> list[dict]:
    """Good policy records with consecutive numbers."""
    return [policy(start + i, **changes) for i in range(count)]


def place(folder: DataFolder, entity: str, name: str, day: str = DAY) -> Path:
    """Where a file of an entity and delivery date lies; its folder is made."""
    path = folder.landing / entity / f"dt={day}" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def csv_bytes(records: Iterable[dict], delimiter: str = ",", line_end: str = "\n", encoding: str = "utf-8") -> bytes:
    """Records as csv with the header of the first one."""
    rows = list(records)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


def gz_bytes(records: Iterable[dict]) -> bytes:
    """Records as gzip-compressed csv."""
    return gzip.compress(csv_bytes(records), mtime=0)


def jsonl_bytes(records: Iterable[dict]) -> bytes:
    """Records as JSON lines; an empty text becomes null."""
    lines = [json.dumps({k: (v if v != "" else None) for k, v in r.items()}, ensure_ascii=False) for r in records]
    return ("\n".join(lines) + "\n").encode()


TYPED = {
    "application_date": "date",
    "issued_at": "timestamp",
    "issue_date": "date",
    "effective_date": "date",
    "expiry_date": "date",
    "payment_term_years": "integer",
    "coverage_term_years": "integer",
    "premium_amount": "decimal(18,2)",
    "sum_insured_amount": "decimal(18,2)",
    "applicant_age": "integer",
    "is_electronic": "boolean",
    "free_look_end_date": "date",
}


def parquet_bytes(folder: Path, records: Iterable[dict], **types: str) -> bytes:
    """Records as parquet with the contract's types; `types` replaces the type, or the whole expression after `=`."""
    source = folder / "scratch.jsonl"
    target = folder / "scratch.parquet"
    rows = list(records)
    source.write_bytes(jsonl_bytes(rows))
    columns = "{" + ", ".join(f"'{name}': 'varchar'" for name in rows[0]) + "}"
    kinds = TYPED | types
    values = []
    for name in rows[0]:
        kind = kinds.get(name, "varchar")
        values.append(f"{kind[1:]} as {name}" if kind.startswith("=") else f"{name}::{kind} as {name}")
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select {', '.join(values)} from read_json('{source}', format = 'newline_delimited', columns = {columns}))"
            f" to '{target}' (format parquet)"
        )
    return target.read_bytes()


def deliver_parents(folder: DataFolder) -> None:
    """Write the records that good policies refer to."""
    for entity, records in PARENTS.items():
        place(folder, entity, "all.csv", "2024-01-01").write_bytes(csv_bytes(records))


def raw_policies(folder: DataFolder, columns: str = "policy_number") -> list[tuple]:
    """Columns of the policies in raw by policy number."""
    with duckdb.connect(str(folder.raw_database), read_only=True) as connection:
        return connection.execute(f"select {columns} from policy_admin.policy order by policy_number, _load_id, _row_number").fetchall()


def query(folder: DataFolder, sql: str, *parameters: object) -> list[tuple]:
    """Rows of a query on the raw database."""
    with duckdb.connect(str(folder.raw_database), read_only=True) as connection:
        return connection.execute(sql, list(parameters)).fetchall()


def assert_accounted(folder: DataFolder) -> None:
    """Every standing load: rows read = loaded + quarantined, rows in raw and open in quarantine are those counted."""
    loads = query(
        folder,
        "select load_id, source, entity, rows_read, rows_loaded, rows_quarantined from meta.loads"
        " where superseded_by_load_id is null and status = 'loaded'",
    )
    for load_id, source, entity, read, loaded, quarantined in loads:
        assert read == loaded + quarantined
        in_raw = query(folder, f"select count(*), count(distinct _row_number) from {source}.{entity} where _load_id = ?", load_id)
        held = query(folder, "select count(*) from meta.quarantine where load_id = ? and status = 'open'", load_id)
        assert in_raw == [(loaded, loaded)], (source, entity, load_id)
        assert held == [(quarantined,)], (source, entity, load_id)


def state(folder: DataFolder) -> dict[str, list[tuple]]:
    """What raw and the ledgers hold, without ids, times and runs: equal states mean equal downstream results."""
    return {
        "policies": raw_policies(folder, "* exclude (_loaded_at, _load_id, _run_id)"),
        "loads": query(
            folder,
            "select file, file_sha256, status, reason, rows_read, rows_loaded, rows_quarantined,"
            " superseded_by_load_id is not null from meta.loads order by all",
        ),
        "quarantine": query(
            folder,
            "select file, row_number, rule, column_name, value_text, record, status from meta.quarantine order by all",
        ),
        "touched": query(folder, "select distinct source, entity, business_date from meta.touched_dates order by all"),
    }


def day(text: str) -> date:
    """A date from its ISO text."""
    return date.fromisoformat(text)


def put(folder: DataFolder, name: str, content: bytes, delivered: str = "2024-01-10", entity: str = POLICY) -> Path:
    """Write a delivery that looks as if it had been there for long."""
    path = place(folder, entity, name, delivered)
    path.write_bytes(content)
    return path


def load(folder: DataFolder, run_id: str = "run", **options: object) -> dict[str, tuple]:
    """Load and return (status, rows read, loaded, quarantined) by file name, unchanged files of before left out."""
    results = load_pending(folder, run_id, **options)
    return {
        Path(r.file).name: (r.status, r.rows_read, r.rows_loaded, r.rows_quarantined)
        for r in results
        if not (r.status == "unchanged" and r.reason is None)
    }
