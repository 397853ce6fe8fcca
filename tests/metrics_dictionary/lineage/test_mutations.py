"""Lineage against the truth: edit models at random, build, and see which metrics really change.

Every metric that changes must be one that lineage foretold from the two versions' SQL alone (recall 100 %). How many of those foretold
did change is printed: on data this small many an edit changes nothing.
"""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.cuts import GROUP_BYS
from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.engine import Engine
from metrics_dictionary.lineage.graph import Lineage, read_lineage
from metrics_dictionary.lineage.metrics import metric_edges
from metrics_dictionary.lineage.nodes import Node
from metrics_dictionary.lineage.project import Edge, project_lineage
from metrics_dictionary.locations import DataFolder
from orchestration.lib.dbt_project import manifest_path
from tests.metrics_dictionary.lineage.mutations import mutate

EDITS = int(os.environ.get("ZHICANG_MUTATIONS", "80"))
SEED = int(os.environ.get("ZHICANG_MUTATION_SEED", "20221122"))


@dataclass
class Laboratory:
    """The built fixture group, whose models can be built otherwise and put back."""

    connection: duckdb.DuckDBPyConnection
    dictionary: Dictionary
    engine: Engine
    lineage: Lineage

    @cached_property
    def nodes(self) -> list[Node]:
        return list(self.lineage.project.nodes.values())

    @cached_property
    def kinds(self) -> dict[tuple[str, str], str]:
        rows = self.connection.execute(
            "select table_schema, table_name, if(table_type = 'VIEW', 'view', 'table') from information_schema.tables"
        )
        return {(schema, name): kind for schema, name, kind in rows.fetchall()}

    @cached_property
    def metric_edges(self) -> list[Edge]:
        """The edges from marts to metrics, which no edit of a model changes."""
        return metric_edges(self.dictionary)

    @cached_property
    def marts(self) -> dict[str, set[str]]:
        """The tables below deliveries that each metric depends on."""
        found = defaultdict(set)
        for edge in self.metric_edges:
            found[edge.target.name].add(edge.source.table)
        return found

    def below(self, name: str) -> list[Node]:
        """The model and every model that reads it, in the order of building."""
        reached = {name}
        for node in self.nodes:
            if reached & set(node.parents):
                reached.add(node.name)
        return [node for node in self.nodes if node.name in reached and node.sql]

    @contextmanager
    def built(self, nodes: list[Node]) -> Iterator[None]:
        """The warehouse with `nodes` built anew, for a while."""
        self.connection.execute("begin")
        try:
            for node in nodes:
                schema, name = node.relation
                kind = self.kinds[node.relation]
                self.connection.execute(f'create or replace {kind} "{schema}"."{name}" as {node.sql}')
            yield
        finally:
            self.connection.execute("rollback")

    @cached_property
    def before(self) -> dict[str, list[tuple]]:
        """The values of every metric as the pipeline built the models."""
        return self.values({node.name for node in self.nodes})

    def values(self, tables: set[str]) -> dict[str, list[tuple]]:
        """By code, the monthly values by everything they can be cut by, of the metrics that read any of the tables."""
        found: dict[str, list[tuple]] = defaultdict(list)
        for name, metric in self.dictionary.published.items():
            if self.marts[metric.code] & tables:
                grain = metric.governance.coarsest_grain
                cuts = [GROUP_BYS[d] for d in self.dictionary.dimensions_of(metric)]
                sql = self.engine.explain([name], [f"metric_time__{grain}", *cuts])
                rows = self.connection.execute(f'select * replace (round("{name}"::double, 9) as "{name}") from ({sql}) order by all')
                found[metric.code] += rows.fetchall()
        return found


@pytest.fixture(scope="module")
def laboratory(fixture_folder: DataFolder) -> Iterator[Laboratory]:
    manifest = manifest_path(fixture_folder)
    dictionary = Dictionary(manifest)
    with duckdb.connect(":memory:") as connection, Engine(dictionary, fixture_folder.compiled / "mutations") as engine:
        connection.execute("set threads = 1; set TimeZone = 'UTC'")
        connection.execute(f"attach '{fixture_folder.raw_database}' as raw (read_only)")
        connection.execute(f"attach '{fixture_folder.warehouse_database}' as built (read_only)")
        connection.execute("attach ':memory:' as zhicang")
        connection.execute("copy from database built to zhicang")
        connection.execute("use zhicang")
        yield Laboratory(connection, dictionary, engine, read_lineage(dictionary, manifest))


def test_building_the_same_again_changes_nothing(laboratory: Laboratory) -> None:
    every = {node.name for node in laboratory.nodes}
    assert len(laboratory.before) > 280
    with laboratory.built([node for node in laboratory.nodes if node.sql]):
        assert laboratory.values(every) == laboratory.before


def test_every_metric_that_an_edit_changes_was_foretold(laboratory: Laboratory, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    models = [node for node in laboratory.nodes if node.sql and node.name in laboratory.lineage.project.models]
    kinds: Counter[str] = Counter()
    changed_count = foretold_count = moved = refused = 0
    missed: list[str] = []
    assert laboratory.before
    while sum(kinds.values()) < EDITS:
        model = chance.choice(models)
        edited = mutate(model.sql, chance)
        if edited is None:
            continue
        sql, kind, what = edited
        below = [replace(node, sql=sql) if node.name == model.name else node for node in laboratory.below(model.name)]
        tables = {node.name for node in below}
        try:
            with laboratory.built(below):
                after = laboratory.values(tables)
        except duckdb.Error:
            refused += 1
            continue
        head_nodes = [replace(node, sql=sql) if node.name == model.name else node for node in laboratory.nodes]
        head = Lineage(project_lineage(head_nodes, tmp_path), laboratory.metric_edges)
        columns = head.project.changed_columns(laboratory.lineage.project)
        foretold = head.metrics_reading(columns) | laboratory.lineage.metrics_reading(columns)
        changed = {code for code in after if laboratory.before[code] != after[code]}
        missed += [f"{model.name}: {what}: {code} changed and was not foretold" for code in sorted(changed - foretold)]
        kinds[kind] += 1
        changed_count += len(changed & foretold)
        foretold_count += len(foretold)
        moved += bool(changed)
    print(
        f"\n{EDITS} edits ({refused} more refused by the database), {moved} of them changed a metric;"
        f" recall {'100 %' if not missed else f'missed {len(missed)}'}, precision {changed_count / foretold_count:.0%}"
        f" ({changed_count} of {foretold_count} foretold changes happened); {dict(kinds)}"
    )
    assert missed == []
    assert moved >= 30, "too few edits changed a metric to prove anything"
