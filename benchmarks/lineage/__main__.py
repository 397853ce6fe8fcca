"""How dear column lineage is: the whole project beside sqlglot's own lineage column by column, and again after one edited model.

    python -m benchmarks.lineage [--data FOLDER]

Everything is measured in one run on the models as dbt last compiled them for one data folder. Prints what is expected beside what is
found, in processor time, because both use one thread; exit code 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from sqlglot import parse_one
from sqlglot.lineage import lineage
from sqlglot.optimizer import build_scope, qualify

from benchmarks.measuring import measured
from metrics_dictionary.definitions import find_manifest
from metrics_dictionary.lineage.nodes import Node, read_nodes
from metrics_dictionary.lineage.project import ProjectLineage, project_lineage
from metrics_dictionary.locations import DataFolder

LEAST_SPEED_UP = 3.0
MOST_MILLISECONDS = 100.0

Schema = dict[str, dict[str, dict[str, str]]]


def schema_of(project: ProjectLineage) -> Schema:
    """The columns of every table, as sqlglot wants them: it is given what our lineage finds out by itself."""
    found: Schema = {}
    for name, model in project.models.items():
        schema, table = project.nodes[name].relation
        found.setdefault(schema, {})[table] = dict.fromkeys(model.columns, "text")
    return found


def without_catalogue(sql: str) -> str:
    """The SQL with tables named by schema and table."""
    return sql.replace('"zhicang".', "").replace('"raw".', "")


def column_by_column(models: list[Node], project: ProjectLineage, schema: Schema, qualify_once: bool) -> int:
    """sqlglot's lineage of every column of every model; returns how many it could not do."""
    failed = 0
    for node in models:
        sql, scope = without_catalogue(node.sql or ""), None
        try:
            if qualify_once:
                tree = qualify.qualify(parse_one(sql, dialect="duckdb"), schema=schema, dialect="duckdb")
                scope = build_scope(tree)
                sql = tree
        except Exception:
            failed += len(project.models[node.name].columns)
            continue
        for column in project.models[node.name].columns:
            try:
                lineage(column, sql, schema=schema, dialect="duckdb", scope=scope)
            except Exception:
                failed += 1
    return failed


def edit_times(nodes: list[Node], models: list[Node]) -> list[float]:
    """Milliseconds of processor time until lineage is whole again, for an edit of each model in turn, everything else remembered."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        project_lineage(nodes, Path(folder))
        for model in models:
            edited = [replace(node, sql=f"select * from ({node.sql}) where true and 1 = 1") if node is model else node for node in nodes]
            found: list[ProjectLineage] = []
            cost = measured(lambda edited=edited, found=found: found.append(project_lineage(edited, Path(folder))))
            if model.name not in found[0].parsed:
                raise AssertionError(f"the edit of {model.name} was not read")
            times.append(cost.processor * 1000)
    return times


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="a data folder on which the pipeline has run; default: $ZHICANG_DATA")
    arguments = parser.parse_args()
    folder = DataFolder(arguments.data.resolve()) if arguments.data else DataFolder.from_environment()
    nodes = read_nodes(find_manifest(folder))
    models = [node for node in nodes if node.sql]
    held: list[ProjectLineage] = []
    ours = measured(lambda: held.append(project_lineage(nodes)))
    project = held[0]
    columns = sum(len(project.models[node.name].columns) for node in models)
    print(f"{len(models)} models, {columns:,} columns, {len(project.edges):,} edges, {len(project.unresolved)} unresolved")
    print(f"  the whole project, nothing remembered     {ours}")
    schema = schema_of(project)
    failures: list[int] = []
    plain = measured(lambda: failures.append(column_by_column(models, project, schema, qualify_once=False)))
    print(f"  sqlglot.lineage for each column           {plain}  ({failures[0]} columns failed)")
    scoped = measured(lambda: failures.append(column_by_column(models, project, schema, qualify_once=True)))
    print(f"  the same, each model qualified once       {scoped}  ({failures[1]} columns failed)")
    times = edit_times(nodes, models)
    print(f"  after one edited model: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms of {len(times)} models")
    checks = [
        (
            "times faster than sqlglot.lineage for each column",
            f">= {LEAST_SPEED_UP:g}",
            plain.processor / ours.processor,
            plain.processor / ours.processor >= LEAST_SPEED_UP,
        ),
        (
            "times faster than that with each model qualified once",
            f">= {LEAST_SPEED_UP:g}",
            scoped.processor / ours.processor,
            scoped.processor / ours.processor >= LEAST_SPEED_UP,
        ),
        (
            "ms after one edited model, median",
            f"<= {MOST_MILLISECONDS:g}",
            statistics.median(times),
            statistics.median(times) <= MOST_MILLISECONDS,
        ),
        ("unresolved columns", "0", len(project.unresolved), not project.unresolved),
    ]
    for subject, expected, found, is_met in checks:
        print(f"{subject}: expected {expected}, found {found:.1f}{'' if is_met else '  MISS'}")
    return 0 if all(is_met for *_, is_met in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
