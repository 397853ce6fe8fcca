"""The tables of schema `metrics` in the warehouse database, as every reader of a publication finds them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import duckdb

TABLES = """
create schema if not exists metrics;
create or replace table metrics.metric_catalogue (
    metric_code varchar primary key, name_zh varchar not null, name_en varchar not null,
    definition_zh varchar not null, definition_en varchar not null,
    unit varchar not null, format varchar not null, direction varchar not null, owner varchar not null,
    steward varchar not null, subject varchar not null, evaluation varchar not null, angle varchar not null,
    metric_kind varchar not null, additivity varchar not null, source_reference varchar not null,
    evidence_level varchar not null, tolerance double not null, version integer not null,
    valid_from date not null, valid_to date, change_reason varchar not null,
    numerator varchar, denominator varchar, dimensions varchar[] not null, grains varchar[] not null,
    parameters json not null, definition_sql varchar not null
);
create or replace table metrics.metric_versions (
    metric_code varchar not null, version integer not null, valid_from date not null, valid_to date, change_reason varchar not null,
    definition_zh varchar not null, definition_en varchar not null, definition_sql varchar not null,
    primary key (metric_code, version)
);
create or replace table metrics.metric_values (
    metric_code varchar not null, version integer not null, grain varchar not null,
    period_start_date date not null, period_end_date date not null, dimension_set varchar not null,
    organisation_code varchar, channel_code varchar, product_code varchar, intermediary_code varchar, segment_code varchar,
    value double, numerator double, denominator double,
    is_complete_period boolean not null, is_in_force boolean not null, trust varchar not null,
    known_from date not null, run_id varchar not null
);
"""

TARGET_COLUMNS = """
    metric_code varchar not null, organisation_code varchar, grain varchar, valid_from date not null, valid_to date,
    target_value decimal(18, 6) not null, amber_value decimal(18, 6), red_value decimal(18, 6), kind varchar not null,
    source varchar not null
"""


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables anew, empty."""
    connection.execute(TABLES)


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows as one JSON text, one statement for all of them: row by row takes 2 ms each."""
    columns = {name: kind for name, kind, *_ in connection.execute(f"describe {table}").fetchall()}
    structure = [{name: [kind[:-2]] if kind.endswith("[]") else kind for name, kind in columns.items()}]
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    connection.execute(
        f"insert into {table} select unnest(record) from (select unnest(from_json(?, ?)) as record)",
        [json.dumps(records, ensure_ascii=False, default=str), json.dumps(structure)],
    )


def copy_targets(connection: duckdb.DuckDBPyConnection, seed: str) -> None:
    """Fill metric_targets from the seed table named `seed`; empty when the seed has not been built."""
    connection.execute(f"create or replace table metrics.metric_targets ({TARGET_COLUMNS})")
    schema, table = seed.split(".")
    if connection.execute(
        "select 1 from duckdb_tables() where database_name = current_database() and schema_name = ? and table_name = ?",
        [schema, table],
    ).fetchone():
        connection.execute(f"insert into metrics.metric_targets by name select * from {seed}")
