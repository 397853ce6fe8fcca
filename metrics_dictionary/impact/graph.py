"""The models and seeds of one version of the project, as dbt compiled them, and what stands on what."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from metrics_dictionary.errors import MetricsError

KEY_TESTS = ("unique", "unique_among_touched", "unique_combination")
"""Tests that say which columns tell the rows of a table apart, the plainest first."""


@dataclass(frozen=True)
class Node:
    """A model or seed; `parents` are names of nodes and of deliveries (`source/entity`).

    `columns` are the names and types a contract or a seed's column_types give the table, empty where the query decides. `key` tells
    rows apart, empty where no test says what does.
    """

    name: str
    schema: str
    file: str
    is_seed: bool
    is_view: bool
    sql: str
    checksum: str
    columns: tuple[tuple[str, str], ...]
    delimiter: str
    parents: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def relation(self) -> str:
        """Schema and name, quoted: the relation inside any database."""
        return f'"{self.schema}"."{self.name}"'

    @property
    def query(self) -> str:
        """The compiled SQL in parentheses, on lines of its own: it may end with a comment."""
        return f"(\n{self.sql}\n)"

    @property
    def layer(self) -> str:
        """The folder below models, or `seeds`."""
        return "seeds" if self.is_seed else Path(self.file).parts[1]


@dataclass(frozen=True)
class Graph:
    """Nodes by name, and the deliveries they read."""

    nodes: Mapping[str, Node]
    deliveries: frozenset[str]

    @cached_property
    def children(self) -> dict[str, list[str]]:
        """Names of the nodes that read a node or delivery."""
        found: dict[str, list[str]] = {name: [] for name in (*self.nodes, *self.deliveries)}
        for node in self.nodes.values():
            for parent in node.parents:
                found.setdefault(parent, []).append(node.name)
        return found

    @cached_property
    def order(self) -> list[str]:
        """Every node after all its parents."""
        done: dict[str, None] = {}

        def place(name: str) -> None:
            if name in self.nodes and name not in done:
                for parent in self.nodes[name].parents:
                    place(parent)
                done[name] = None

        for name in sorted(self.nodes):
            place(name)
        return list(done)

    def descendants(self, names: Iterable[str]) -> set[str]:
        """The nodes among `names` and all that stand on any of them."""
        return reached(names, lambda name: self.children.get(name, ())) & set(self.nodes)

    def ancestors(self, names: Iterable[str]) -> set[str]:
        """`names` and everything they stand on, deliveries too."""
        return reached(names, lambda name: self.nodes[name].parents if name in self.nodes else ())

    def needed(self, names: Iterable[str], is_given: Callable[[Node], bool]) -> list[Node]:
        """The nodes to make, in order, to have `names`: a node that is given needs no parents."""
        wanted = reached(names, lambda name: () if name not in self.nodes or is_given(self.nodes[name]) else self.nodes[name].parents)
        return [self.nodes[name] for name in self.order if name in wanted]


def read_graph(manifest_path: Path) -> Graph:
    """The graph of a manifest.json that holds compiled SQL. Raises MetricsError when a model of it was not compiled."""
    manifest: dict[str, Any] = json.loads(manifest_path.read_text(encoding="utf-8"))
    entries = {uid: n for uid, n in manifest["nodes"].items() if n["resource_type"] in {"model", "seed"}}
    names = {uid: n["alias"] for uid, n in entries.items()}
    names |= {uid: f"{s['source_name']}/{s['name']}" for uid, s in manifest["sources"].items()}
    keys = _keys(manifest, names)
    nodes = [_node(entry, names, keys.get(uid, ())) for uid, entry in entries.items()]
    deliveries = frozenset(names[uid] for uid in manifest["sources"])
    return Graph({node.name: node for node in nodes}, deliveries)


def _node(entry: dict[str, Any], names: dict[str, str], key: tuple[str, ...]) -> Node:
    is_seed = entry["resource_type"] == "seed"
    if not is_seed and not entry.get("compiled_code"):
        raise MetricsError(f"{entry['original_file_path']} was not compiled; delete the cache folder and run again")
    types: dict[str, str] = entry["config"].get("column_types") or {} if is_seed else {}
    if not is_seed and entry["config"].get("contract", {}).get("enforced"):
        types = {name: column["data_type"] for name, column in entry["columns"].items()}
    return Node(
        name=entry["alias"],
        schema=entry["schema"],
        file=entry["original_file_path"],
        is_seed=is_seed,
        is_view=entry["config"]["materialized"] in {"view", "ephemeral"},
        sql=(entry.get("compiled_code") or "").strip(),
        checksum=entry["checksum"]["checksum"],
        columns=tuple(types.items()),
        delimiter=entry["config"].get("delimiter") or "," if is_seed else "",
        parents=tuple(sorted({names[p] for p in entry["depends_on"].get("nodes", ()) if p in names})),
        key=key,
    )


def _keys(manifest: dict[str, Any], names: dict[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    for test in manifest["nodes"].values():
        kind = (test.get("test_metadata") or {}).get("name")
        if kind not in KEY_TESTS or test.get("attached_node") not in names:
            continue
        arguments = test["test_metadata"]["kwargs"]
        arguments = arguments.get("arguments", arguments)
        columns = tuple(arguments.get("columns") or (test.get("column_name") or arguments["column"],))
        candidate = (KEY_TESTS.index(kind), columns)
        node = test["attached_node"]
        found[node] = min(found.get(node, candidate), candidate)
    return {node: columns for node, (_, columns) in found.items()}


def reached(names: Iterable[str], following: Callable[[str], Collection[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(following(name))
    return seen
