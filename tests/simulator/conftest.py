"""One small simulated group for all tests of the simulator, and its files as tables."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from simulator.engine import Plan, build_world
from simulator.landing import LandedFile, write_everything

CONTRACTS = Path(__file__).resolve().parents[2] / "orchestration" / "contracts"
RULES = Path(__file__).with_name("rules")
PLAN = Plan(seed=1, scale="small", first_day=date(2014, 1, 1), as_of=date(2022, 6, 30))


@dataclass(frozen=True)
class SimulatedGroup:
    """Where a simulated group was written, and the files of its landing zone."""

    folder: Path
    files: list[LandedFile]


def rules_of(subject: str) -> dict[str, str]:
    """Queries of `rules/<subject>` by rule: the findings of the rule over the tables of `landed_tables`.

    To add a rule, drop `<rule code>.sql` there; macros `as_of()` and `quarter_code(day)` are at hand.
    """
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted((RULES / subject).glob("*.sql"))}


@functools.cache
def contracts() -> dict[str, dict[str, Any]]:
    """Every contract by `source/entity`, as plain data."""
    return {f"{f.parent.name}/{f.stem}": yaml.safe_load(f.read_text(encoding="utf-8")) for f in CONTRACTS.glob("*/*.yml")}


def simulate(folder: Path, plan: Plan = PLAN) -> SimulatedGroup:
    """Write a group below `folder`."""
    connection = build_world(plan, lambda line: None)
    try:
        return SimulatedGroup(folder, write_everything(connection, plan, folder, lambda line: None))
    finally:
        connection.close()


@pytest.fixture(scope="session")
def group(tmp_path_factory: pytest.TempPathFactory) -> SimulatedGroup:
    """The small group of seed 1."""
    return simulate(tmp_path_factory.mktemp("simulated"))


def _scan(entity: str, file: Path) -> str:
    """The scan that reads all of an entity's files as text, in order, with `filename`."""
    pattern = str(file.parents[1] / "dt=*" / ("*" + "".join(re.findall(r"\.[a-z]+", file.name))))
    if file.name.endswith(".parquet"):
        return f"read_parquet('{pattern}', filename = true, hive_partitioning = false)"
    if file.name.endswith(".jsonl"):
        columns = ", ".join(f"{name}: 'varchar'" for name in contracts()[entity]["columns"])
        return f"read_json('{pattern}', filename = true, hive_partitioning = false, columns = {{{columns}}})"
    return f"read_csv('{pattern}', filename = true, hive_partitioning = false, all_varchar = true, header = true)"


def landed_tables(group: SimulatedGroup) -> duckdb.DuckDBPyConnection:
    """Two tables an entity: `all_<entity>` as text with _file, _row_number and dt; `<entity>` typed by the contract.

    The typed table leaves out the planted bad rows and keeps the latest delivery of each key. Table `bad_rows` and the
    other tables of the truth are there under their file names.
    """
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    connection.execute(f"create macro as_of() as date '{PLAN.as_of.isoformat()}'")
    connection.execute("create macro quarter_code(day) as year(day) || '-Q' || quarter(day)")
    for file in sorted((group.folder / "truth").glob("*.csv")):
        connection.execute(f"create table {file.stem} as select * from read_csv('{file}', header = true)")
    landing = group.folder / "landing"
    for path, contract in contracts().items():
        entity = path.split("/")[1]
        first = next(landing / landed_file.path for landed_file in group.files if landed_file.path.startswith(path + "/"))
        listed = ", ".join(f'"{name}"::varchar as "{name}"' for name in contract["columns"])
        connection.execute(
            f"create table all_{entity} as with numbered as (select *, row_number() over () as _n from "
            f"{_scan(path, first)}) "
            f"select {listed}, filename[{len(str(landing)) + 2}:] as _file, _n - min(_n) over (partition by "
            "filename) + 1 as _row_number, "
            "regexp_extract(filename, 'dt=([0-9-]+)', 1)::date as dt from numbered"
        )
        typed = ", ".join(f'"{name}"::{column["type"]} as "{name}"' for name, column in contract["columns"].items())
        key = ", ".join(contract["key"])
        connection.execute(
            f"create table {entity} as select {typed}, _file, dt from all_{entity} "
            "anti join bad_rows on bad_rows.file = _file and bad_rows.row_number = _row_number "
            f"qualify row_number() over (partition by {key} order by dt desc) = 1"
        )
    return connection


@pytest.fixture(scope="session")
def landed(group: SimulatedGroup) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of the small group, see `landed_tables`."""
    connection = landed_tables(group)
    yield connection
    connection.close()
