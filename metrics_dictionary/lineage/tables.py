"""Lineage as tables of the published database: edges, the columns behind every metric, tables, and what could not be resolved."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import duckdb

from metrics_dictionary.lineage.graph import Lineage
from metrics_dictionary.lineage.metrics import METRIC
from metrics_dictionary.lineage.relations import USES, Column
from metrics_dictionary.publication_tables import insert_rows

TABLES = """
create or replace table metrics.lineage_edges (
    from_layer varchar not null, from_table varchar not null, from_column varchar not null,
    to_layer varchar not null, to_table varchar not null, to_column varchar not null,
    use varchar not null, expressions varchar[] not null
);
create or replace table metrics.metric_lineage (
    metric_code varchar not null, layer varchar not null, table_name varchar not null, column_name varchar not null,
    uses varchar[] not null, hops integer not null,
    primary key (metric_code, table_name, column_name)
);
create or replace table metrics.lineage_tables (
    table_name varchar primary key, layer varchar not null, file varchar not null, description varchar not null,
    tests varchar[] not null, definition_sql varchar
);
create or replace table metrics.lineage_unresolved (table_name varchar not null, reason varchar not null);
"""


def write_lineage(connection: duckdb.DuckDBPyConnection, lineage: Lineage, manifest_path: Path | None = None) -> None:
    """Make the tables of lineage anew in schema `metrics`; column `*` stands for which rows a table has."""
    connection.execute(TABLES)
    edges = [
        (lineage.layer(e.source.table), *e.source, lineage.layer(e.target.table), *e.target, e.use, list(e.expressions))
        for e in lineage.edges
    ]
    insert_rows(connection, "metrics.lineage_edges", edges)
    insert_rows(connection, "metrics.metric_lineage", [row for code in lineage.metrics for row in metric_rows(lineage, code)])
    if manifest_path is not None:
        insert_rows(connection, "metrics.lineage_tables", _table_rows(lineage, manifest_path))
    insert_rows(connection, "metrics.lineage_unresolved", lineage.project.unresolved)


def metric_rows(lineage: Lineage, code: str) -> list[tuple[str, str, str, str, list[str], int]]:
    """Every column a metric depends on: code, layer, table, column, uses on the way to the metric, hops."""
    metric = Column(METRIC, code)
    hops = lineage.upstream([metric])
    uses: dict[Column, set[str]] = defaultdict(set)
    for target in hops:
        for edge in lineage.into.get(target, ()):
            uses[edge.source].add(edge.use)
    return [
        (code, lineage.layer(column.table), *column, sorted(uses[column], key=USES.index), distance)
        for column, distance in hops.items()
        if column != metric
    ]


def _table_rows(lineage: Lineage, manifest_path: Path) -> list[tuple]:
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    entries = {f"{s['source_name']}/{s['name']}": (u, s) for u, s in manifest["sources"].items()}
    entries |= {n["name"]: (u, n) for u, n in manifest["nodes"].items() if n["resource_type"] in {"model", "seed", "snapshot"}}
    rows = []
    for name, node in lineage.project.nodes.items():
        unique_id, entry = entries[name]
        children = manifest["child_map"].get(unique_id, [])
        tests = sorted(manifest["nodes"][child]["name"] for child in children if child.startswith("test."))
        rows.append((name, node.layer, node.path, (entry.get("description") or "").strip(), tests, node.sql))
    return rows
