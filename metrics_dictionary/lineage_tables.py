"""Which tables a metric stands on: its marts with the columns it reads, and everything upstream of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import sqlglot
from sqlglot import exp

from metrics_dictionary.definitions import Dictionary, Metric

SourceRow = tuple[str, str, str, str | None]
"""Metric code, layer (mart, upstream or delivery), table and, for a mart, the column read."""


def metric_source_rows(dictionary: Dictionary, manifest_path: Path) -> list[SourceRow]:
    """The rows of metrics.metric_sources. Deliveries are named `<source>/<entity>`, everything else by model name.

    Without a manifest.json beside the semantic manifest only the marts are known.
    """
    parents, names = _graph(manifest_path) if manifest_path.exists() else ({}, {})
    node_of = {name: node for node, (_, name) in names.items()}
    rows: set[SourceRow] = set()
    for metric in dictionary.published.values():
        code = metric.code
        for table, columns in _marts(metric, dictionary).items():
            rows |= {(code, "mart", table, column) for column in columns}
            for node in _ancestors(node_of.get(table), parents):
                layer, name = names[node]
                rows.add((code, layer, name, None))
    return sorted(rows, key=lambda row: tuple(part or "" for part in row))


def _marts(metric: Metric, dictionary: Dictionary) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for measure in dictionary.measures_of(metric):
        model = dictionary.semantic_models[measure.semantic_model]
        expressions = [measure.expression, measure.time_column, *model.columns]
        found.setdefault(model.table, set()).update(name for text in expressions for name in _columns(text))
    return found


@cache
def _columns(expression: str) -> frozenset[str]:
    return frozenset(column.name for column in sqlglot.parse_one(expression, dialect="duckdb").find_all(exp.Column))


def _graph(manifest_path: Path) -> tuple[dict[str, list[str]], dict[str, tuple[str, str]]]:
    manifest: dict[str, Any] = json.loads(manifest_path.read_text(encoding="utf-8"))
    names = {
        unique_id: ("upstream", node["name"])
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] in {"model", "seed", "snapshot"}
    }
    names |= {unique_id: ("delivery", f"{source['source_name']}/{source['name']}") for unique_id, source in manifest["sources"].items()}
    return manifest["parent_map"], names


def _ancestors(node: str | None, parents: dict[str, list[str]]) -> Iterator[str]:
    seen: set[str] = set()
    waiting = list(parents.get(node, [])) if node else []
    while waiting:
        parent = waiting.pop()
        if parent not in seen and parent.split(".")[0] in {"model", "seed", "snapshot", "source"}:
            seen.add(parent)
            waiting.extend(parents.get(parent, []))
    yield from seen
