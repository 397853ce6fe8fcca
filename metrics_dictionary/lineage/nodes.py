"""The tables of the dbt project as lineage sees them: what dbt's manifest, compiled SQL and seed files say."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from metrics_dictionary.errors import MetricsError
from metrics_dictionary.lineage.relations import fingerprint

LAYERS = {"reference": "seed", "staging": "staging", "intermediate": "intermediate", "marts": "mart", "metrics": "mart"}
"""The layer of a node by the schema its folder sets."""


@dataclass(frozen=True)
class Node:
    """A table of the project: a delivery (`<source>/<entity>`), a seed, a snapshot or a model.

    `columns` are known for deliveries and seeds; of a seed also `keys` (sets of columns that are unique in the file), `contents` (a
    digest of every column's values) and `row_count`. `sql` is the compiled SQL of a model, None where dbt has not compiled it.
    `parents` are names of nodes.
    """

    name: str
    layer: str
    relation: tuple[str, str]
    path: str
    parents: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    keys: tuple[frozenset[str], ...] = ()
    contents: tuple[str, ...] = ()
    row_count: int | None = None
    sql: str | None = None


def read_nodes(manifest_path: Path, root: Path | None = None) -> list[Node]:
    """Every delivery, seed, snapshot and model, parents before children.

    Compiled SQL is read from the folder `compiled` beside the manifest, else from the manifest; seeds from `root`, by default the
    project the manifest was made of. Raises MetricsError without a manifest, and where a seed it names is gone.
    """
    if not manifest_path.exists():
        raise MetricsError(f"no manifest at {manifest_path}; run 'make warehouse' or 'dbt compile' first")
    manifest: dict[str, Any] = json.loads(manifest_path.read_text(encoding="utf-8"))
    names = {unique_id: f"{entry['source_name']}/{entry['name']}" for unique_id, entry in manifest["sources"].items()}
    tables = {u: e for u, e in manifest["nodes"].items() if e["resource_type"] in {"model", "seed", "snapshot"}}
    names |= {unique_id: entry["name"] for unique_id, entry in tables.items()}
    found = [_delivery(names[unique_id], entry) for unique_id, entry in manifest["sources"].items()]
    compiled = manifest_path.parent / "compiled" / manifest["metadata"]["project_name"]
    for unique_id in _in_order(tables):
        entry = tables[unique_id]
        parents = tuple(names[p] for p in (entry["depends_on"].get("nodes") or []) if p in names)
        if entry["resource_type"] == "seed":
            found.append(_seed(entry, root, _tested_keys(unique_id, manifest)))
        else:
            file = compiled / entry["original_file_path"]
            sql = file.read_text(encoding="utf-8") if file.exists() else entry.get("compiled_code")
            layer = LAYERS.get(entry["schema"], entry["schema"])
            found.append(Node(entry["name"], layer, _relation(entry), entry["original_file_path"], parents, sql=sql))
    return found


def _relation(entry: dict[str, Any]) -> tuple[str, str]:
    return entry["schema"].lower(), (entry.get("alias") or entry.get("identifier") or entry["name"]).lower()


def _delivery(name: str, entry: dict[str, Any]) -> Node:
    columns = tuple(c.lower() for c in entry["columns"])
    return Node(name, "delivery", _relation(entry), entry["original_file_path"], columns=columns)


def _seed(entry: dict[str, Any], root: Path | None, tested: list[frozenset[str]]) -> Node:
    path = (root or Path(entry["root_path"])) / entry["original_file_path"]
    if not path.exists():
        raise MetricsError(f"the manifest names the seed {path}, which is not there; run 'make warehouse' or 'dbt compile' to renew it")
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = (row for row in csv.reader(file) if row)
    columns = tuple(name.strip().lower() for name in header)
    keys = []
    for key in tested:
        places = [columns.index(c) for c in key if c in columns]
        members = [tuple(row[p] for p in places) for row in rows]
        if len(places) == len(key) and len(set(members)) == len(members):
            keys.append(key)
    contents = tuple(fingerprint(*values) for values in zip(*rows, strict=False)) if rows else tuple("" for _ in columns)
    known = {"columns": columns, "keys": tuple(keys), "contents": contents, "row_count": len(rows)}
    return Node(entry["name"], "seed", _relation(entry), entry["original_file_path"], **known)


def _tested_keys(unique_id: str, manifest: dict[str, Any]) -> list[frozenset[str]]:
    """The columns that a test of the node calls unique; whether they are is seen in the file."""
    found = []
    for child in manifest["child_map"].get(unique_id, []):
        test = (manifest["nodes"].get(child) or {}).get("test_metadata") or {}
        if str(test.get("name")).startswith("unique"):
            names = test["kwargs"].get("columns") or [test["kwargs"].get("column_name")]
            found.append(frozenset(str(n).lower() for n in names))
    return found


def _in_order(tables: dict[str, dict[str, Any]]) -> Iterator[str]:
    done: set[str] = set()

    def visit(unique_id: str) -> Iterator[str]:
        if unique_id in done:
            return
        done.add(unique_id)
        for parent in tables[unique_id]["depends_on"].get("nodes") or []:
            if parent in tables:
                yield from visit(parent)
        yield unique_id

    for unique_id in tables:
        yield from visit(unique_id)
