"""Column lineage of the whole dbt project: every model's SQL read once, and remembered by its content."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import sqlglot

from metrics_dictionary.lineage.nodes import Node
from metrics_dictionary.lineage.relations import ROWS, Column, Relation, Value, fingerprint, table_relation
from metrics_dictionary.lineage.statement import Statement


class Edge(NamedTuple):
    """`source` is used for `target` as `use` (value, filter, join, group, rows), through `expressions`, the innermost first."""

    source: Column
    target: Column
    use: str
    expressions: tuple[str, ...]


@dataclass(frozen=True)
class ModelLineage:
    """A table's columns, ROWS among them, each with the fingerprint of what computes it and the edges into it.

    `keys` are sets of columns that the table's own SQL makes unique. `problems` tell what could not be resolved.
    """

    name: str
    fingerprints: dict[str, str]
    edges: tuple[Edge, ...] = ()
    keys: frozenset[frozenset[str]] = frozenset()
    is_single: bool = False
    problems: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, without ROWS."""
        return tuple(name for name in self.fingerprints if name != ROWS)

    @cached_property
    def relation(self) -> Relation:
        """The table as the statements that read it see it."""
        seen = table_relation(self.name, self.columns, self.keys)
        return Relation(seen.columns, seen.core, seen.rows_from, keys=self.keys, is_single=self.is_single)

    @cached_property
    def signature(self) -> str:
        """What the reading of other models depends on."""
        keys = sorted(",".join(sorted(key)) for key in self.keys)
        return fingerprint(self.name, *self.columns, "keys", *keys, str(self.is_single))


@dataclass(frozen=True)
class ProjectLineage:
    """The lineage of every table by name; `parsed` are the models whose SQL was read this time and not remembered."""

    nodes: dict[str, Node]
    models: dict[str, ModelLineage]
    parsed: tuple[str, ...] = ()

    @cached_property
    def edges(self) -> list[Edge]:
        """Every edge of the project."""
        return [edge for model in self.models.values() for edge in model.edges]

    @property
    def unresolved(self) -> list[tuple[str, str]]:
        """Tables and what about them could not be resolved."""
        return [(name, problem) for name, model in self.models.items() for problem in model.problems]

    def changed_columns(self, other: ProjectLineage) -> set[Column]:
        """Columns, and ROWS of tables, that `other` computes differently, or that only one of the two has."""
        found = set()
        for name in {*self.models, *other.models}:
            ours = self.models[name].fingerprints if name in self.models else {}
            theirs = other.models[name].fingerprints if name in other.models else {}
            found |= {Column(name, c) for c in {*ours, *theirs} if ours.get(c) != theirs.get(c)}
        return found


def project_lineage(nodes: Iterable[Node], remembered: Path | None = None) -> ProjectLineage:
    """The lineage of `nodes`, which stand parents first.

    What is read is remembered in the folder `remembered`, a file for each model, named by its SQL and the columns it reads from: an edit
    costs the reading of what it touches. A model that cannot be read is listed in `unresolved`.
    """
    nodes = list(nodes)
    models: dict[str, ModelLineage] = {}
    parsed: list[str] = []
    tables: dict[tuple[str, str], ModelLineage] = {}
    for node in nodes:
        if node.columns:
            model = _declared(node)
        elif node.sql is None:
            problem = "dbt has not compiled it; run 'make warehouse' or 'dbt compile'"
            model = ModelLineage(node.name, {ROWS: f"{node.name}.{ROWS}"}, problems=(problem,))
        else:
            key = fingerprint(_own_version(), node.name, node.sql, *sorted(models[p].signature for p in node.parents if p in models))
            file = remembered / f"{key}.json" if remembered else None
            known = _read(node.name, file) if file else None
            model = known or _analysed(node, tables)
            if known is None:
                parsed.append(node.name)
                if file:
                    _write(model, file)
        models[node.name] = tables[node.relation] = model
    return ProjectLineage({node.name: node for node in nodes}, models, tuple(parsed))


def lineage_of_statement(sql: str, lineage: ProjectLineage) -> tuple[Relation, list[str]]:
    """What a statement over the project's tables makes, and what of it could not be resolved."""
    return _read_statement(sql, {lineage.nodes[name].relation: model for name, model in lineage.models.items()})


def _declared(node: Node) -> ModelLineage:
    contents = node.contents or ("",) * len(node.columns)
    prints = {name: f"{node.name}.{name} {digest}" for name, digest in zip(node.columns, contents, strict=True)}
    prints[ROWS] = f"{node.name}.{ROWS} {node.row_count}"
    return ModelLineage(node.name, prints, keys=frozenset(node.keys))


def _analysed(node: Node, tables: dict[tuple[str, str], ModelLineage]) -> ModelLineage:
    try:
        relation, problems = _read_statement(node.sql or "", tables)
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        problem = f"cannot be parsed: {str(error).splitlines()[0]}"
        return ModelLineage(node.name, {ROWS: fingerprint(node.sql or "")}, problems=(problem,))
    values = {**relation.columns, ROWS: relation.rows}
    edges = tuple(edge for name, value in values.items() for edge in _edges(Column(node.name, name), value))
    prints = {name: value.fingerprint for name, value in values.items()}
    return ModelLineage(node.name, prints, edges, relation.keys, relation.is_single, tuple(problems))


def _read_statement(sql: str, tables: dict[tuple[str, str], ModelLineage]) -> tuple[Relation, list[str]]:
    def find(table: sqlglot.exp.Table) -> Relation | None:
        model = tables.get((table.db.lower(), table.name.lower()))
        return model.relation if model else None

    statement = Statement(find)
    relation = statement.result(sqlglot.parse_one(sql, dialect="duckdb"))
    return relation, list(dict.fromkeys(statement.problems))


def _edges(target: Column, value: Value) -> Iterable[Edge]:
    return (Edge(source, target, use, steps) for (source, use), steps in value.uses.items())


@cache
def _own_version() -> str:
    """A digest of this room's code: another analysis remembers anew."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return fingerprint(sqlglot.__version__, *(file.read_text(encoding="utf-8") for file in files))


def _read(name: str, file: Path) -> ModelLineage | None:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    edges = tuple(
        Edge(Column(table, column), Column(name, target), use, tuple(steps)) for table, column, target, use, steps in content["edges"]
    )
    keys = frozenset(frozenset(key) for key in content["keys"])
    return ModelLineage(name, content["fingerprints"], edges, keys, content["is_single"], tuple(content["problems"]))


def _write(model: ModelLineage, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "fingerprints": model.fingerprints,
        "edges": [(*edge.source, edge.target.name, edge.use, edge.expressions) for edge in model.edges],
        "keys": [sorted(key) for key in model.keys],
        "is_single": model.is_single,
        "problems": model.problems,
    }
    building = file.with_suffix(".building")
    building.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    building.replace(file)
