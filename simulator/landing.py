"""Writes what the simulated sources deliver into the landing layout, with control files, and the truth beside it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from simulator.engine import Plan

DEFAULT_FORMAT = "parquet"
FORMATS = {
    "master_data__organisation": "csv",
    "master_data__channel": "csv",
    "master_data__product": "csv",
    "master_data__intermediary": "csv",
    "master_data__intermediary_licence": "csv",
    "master_data__employee": "csv",
    "master_data__customer": "csv.gz",
    "compliance__commission_cap": "csv",
    "compliance__dual_recording": "csv",
    "compliance__commission": "csv.gz",
    "policy_admin__servicing_request": "csv",
    "contact_centre__complaint": "jsonl",
    "contact_centre__complaint_material": "jsonl",
    "contact_centre__inquiry_dispute": "csv",
    "policy_admin__delivery_chase": "csv",
    "lending__bureau_report": "csv.gz",
    "lending__guarantee_policy": "csv",
    "lending__write_off": "csv",
    "lending__loan": "csv",
    "lending__borrower": "csv.gz",
    "account__bank_statement_line": "csv.gz",
    "scenario__product_parameter": "csv",
    "scenario__weather_reading": "csv.gz",
    "scenario__flight_booking": "jsonl",
}
COPY_OPTIONS = {
    "parquet": "format parquet, compression snappy",
    "csv": "format csv, header true",
    "csv.gz": "format csv, header true, compression gzip",
    "jsonl": "format json",
}
SCRATCH = ".simulating"
"""Below the target folder: what a simulation keeps on disk while it runs, and what a killed one leaves."""
BOOKKEEPING = ["dt", "planted_fault", "file_stem"]


@dataclass(frozen=True)
class LandedFile:
    """One file written: its path inside the target folder and its number of rows."""

    path: str
    rows: int


def _tables(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    # No bound parameter: binding one makes DuckDB import pandas, a second of the ten.
    rows = connection.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
    return [name for owner, name in rows if owner == schema]


def _order_rows(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> list[str]:
    """Sort a delivery table into `landing.<table>` with `file_stem` and `_row`, and give its columns.

    `_row` 1 is a file's first row; planted faults come last. The order is total: two runs write the same bytes.
    """
    columns = [name for name, *_ in connection.execute(f"describe {schema}.{table}").fetchall()]
    entity = table.split("__")[1]
    stem = f"coalesce(file_stem, '{entity}')" if "file_stem" in columns else f"'{entity}'"
    fault = "planted_fault" if "planted_fault" in columns else "null::varchar"
    data = [name for name in columns if name not in BOOKKEEPING]
    listed = ", ".join(data)
    connection.execute("create schema if not exists landing")
    connection.execute(
        f"create or replace table landing.{table} as "
        f"with named as (select dt, {stem} as file_stem, {fault} as planted_fault, {listed} from {schema}.{table}) "
        "select *, row_number() over ("
        f"partition by dt, file_stem order by planted_fault nulls first, {listed}) as _row "
        "from named order by dt, file_stem, _row"
    )
    return data


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def write_origin(landing: Path, description: str, seed: int, scale: str) -> None:
    """Make `landing` and say in it that what it holds is simulated."""
    landing.mkdir(parents=True)
    about = {"simulated": True, "description": description, "seed": seed, "scale": scale}
    (landing / "_origin.json").write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_control_file(path: Path, rows: int) -> None:
    """Write the control file of a delivery: its rows and its digest."""
    with path.open("rb") as content:
        control = {"rows": rows, "sha256": hashlib.file_digest(content, "sha256").hexdigest()}
    path.with_name(path.name + ".control.json").write_text(json.dumps(control) + "\n", encoding="utf-8")


def write_entity(connection: duckdb.DuckDBPyConnection, schema: str, table: str, folder: Path) -> list[LandedFile]:
    """Write a delivery table as files `<source>/<entity>/dt=.../<stem>.<format>` with control files under `folder`."""
    source, entity = table.split("__")
    kind = FORMATS.get(table, DEFAULT_FORMAT)
    listed = ", ".join(_order_rows(connection, schema, table))
    written = []
    parts = connection.execute(f"select dt, file_stem, count(*) from landing.{table} group by all order by all").fetchall()
    for dt, stem, rows in parts:
        target = folder / source / entity / f"dt={dt.isoformat()}" / f"{stem}.{kind}"
        target.parent.mkdir(parents=True, exist_ok=True)
        connection.execute(
            f"copy (select {listed} from landing.{table} where dt = date '{dt}' and file_stem = '{stem}' "
            f"order by _row) to {_quoted(target)} ({COPY_OPTIONS[kind]})"
        )
        write_control_file(target, rows)
        written.append(LandedFile(target.relative_to(folder).as_posix(), rows))
    return written


def _list_bad_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `truth.bad_rows`: file, row number (1 is the first row after a header), rule it breaks."""
    pieces = []
    for table in _tables(connection, "landing"):
        folder, kind = table.replace("__", "/"), FORMATS.get(table, DEFAULT_FORMAT)
        pieces.append(
            f"select '{folder}/dt=' || dt || '/' || file_stem || '.{kind}' as file, _row as row_number, "
            f"planted_fault as rule from landing.{table} where planted_fault is not null"
        )
    connection.execute("create table truth.bad_rows as " + " union all ".join(pieces) + " order by all")


def clear_folder(out: Path) -> None:
    """Make `out` ready for a simulation, removing what an earlier one left there.

    Raises FileExistsError when `out/landing` holds deliveries that no simulation wrote.
    """
    landing = out / "landing"
    if landing.exists() and any(landing.iterdir()):
        origin = landing / "_origin.json"
        if not origin.exists() or not json.loads(origin.read_text(encoding="utf-8")).get("simulated"):
            raise FileExistsError(f"{landing} holds files that no simulation wrote; choose another --out or move them away")
        shutil.rmtree(landing)
    for left in ("truth", SCRATCH):
        shutil.rmtree(out / left, ignore_errors=True)


def write_everything(connection: duckdb.DuckDBPyConnection, plan: Plan, out: Path, report: Callable[[str], None]) -> list[LandedFile]:
    """Write `landing/` and `truth/` below `out`, a folder that `clear_folder` made ready, and give the files of the landing zone."""
    landing, truth = out / "landing", out / "truth"
    write_origin(landing, plan.description, plan.seed, plan.scale)
    truth.mkdir(parents=True)

    written: list[LandedFile] = []
    for table in _tables(connection, "delivery"):
        files = write_entity(connection, "delivery", table, landing)
        written += files
        report(f"landed {table.replace('__', '/')}: {sum(f.rows for f in files):,} rows in {len(files)} files")
    _list_bad_rows(connection)
    for table in _tables(connection, "superseded"):
        write_entity(connection, "superseded", table, truth / "superseded")
    for table in _tables(connection, "truth"):
        target = _quoted(truth / f"{table}.csv")
        connection.execute(f"copy (select * from truth.{table} order by all) to {target} (format csv, header true)")
    return written
