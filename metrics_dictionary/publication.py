"""The dictionary as tables: every metric computed at every cut it allows, and written beside its catalogue and targets."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from metrics_dictionary.compilation import compile_publication, definition_statement, formulas_of
from metrics_dictionary.definitions import Dictionary, Metric
from metrics_dictionary.engine import Engine
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.formulas import Formula
from metrics_dictionary.lineage.graph import Lineage, read_lineage
from metrics_dictionary.lineage.metrics import metric_edges
from metrics_dictionary.lineage.project import ProjectLineage
from metrics_dictionary.lineage.tables import write_lineage
from metrics_dictionary.per_cut import publish_per_cut
from metrics_dictionary.provenance.tables import write_records
from metrics_dictionary.publication_tables import copy_targets, create_tables, insert_rows
from metrics_dictionary.roll_up import publish_roll_ups
from metrics_dictionary.status_view import create_status_view
from metrics_dictionary.trust import set_trust
from metrics_dictionary.value_rows import Run

TARGETS_SEED = "reference.metric_targets"
MANY_ROWS = 10_000_000
log = logging.getLogger(__name__)


def publish_metrics(
    connection_or_path: duckdb.DuckDBPyConnection | Path | str,
    manifest_path: Path,
    run_id: str,
    as_of_date: date | None,
    cache: Path | None = None,
) -> int:
    """Compute all metrics and write schema `metrics` of the warehouse database in one transaction; returns the number of values.

    `manifest_path` is dbt's manifest.json with semantic_manifest.json beside it; `as_of_date` is the last day the data
    describe (none: an empty warehouse, and no values). Compiled SQL is remembered below `cache`.
    Raises DefinitionError for definitions that cannot be computed, MetricsError for a database of another name.
    """
    dictionary = Dictionary(manifest_path)
    compiled = compile_publication(dictionary, cache) if cache else 0
    with _open(connection_or_path) as connection, Engine(dictionary, cache) as engine, _suitable_threads(connection, dictionary):
        _refuse_another_database(connection, dictionary)
        formulas = formulas_of(dictionary)
        run = Run(run_id, as_of_date or date.min)
        connection.execute("begin")
        try:
            create_tables(connection)
            _write_catalogue(connection, engine, formulas)
            _write_lineage(connection, dictionary, manifest_path.with_name("manifest.json"), cache)
            write_records(connection, dictionary, manifest_path.with_name("manifest.json"))
            copy_targets(connection, TARGETS_SEED)
            create_status_view(connection)
            _write_values(connection, engine, formulas, run)
            count = connection.execute("select count(*) from metrics.metric_values").fetchone()[0]
            connection.execute("commit")
        except BaseException:
            connection.execute("rollback")
            raise
    log.info("%d values of %d metrics, %d statements compiled", count, len(formulas), compiled + engine.compiled_count)
    return count


def _write_lineage(connection: duckdb.DuckDBPyConnection, dictionary: Dictionary, manifest: Path, cache: Path | None) -> None:
    """Lineage as far as it is known: without a manifest.json beside the semantic manifest, the marts metrics read."""
    if manifest.exists():
        write_lineage(connection, read_lineage(dictionary, manifest, cache and cache / "lineage"), manifest)
    else:
        write_lineage(connection, Lineage(ProjectLineage({}, {}), metric_edges(dictionary)))


def compute_values(connection: duckdb.DuckDBPyConnection, engine: Engine, names: Collection[str], run: Run) -> None:
    """Make schema `metrics` anew and write the values of some published metrics, by name, and nothing else of a publication.

    The statements are those of a whole publication, so that what was compiled for one serves. Raises as publish_metrics does.
    """
    with _suitable_threads(connection, engine.dictionary):
        _refuse_another_database(connection, engine.dictionary)
        create_tables(connection)
        _write_values(connection, engine, formulas_of(engine.dictionary), run, names)


def _write_values(
    connection: duckdb.DuckDBPyConnection,
    engine: Engine,
    formulas: dict[str, Formula | None],
    run: Run,
    names: Collection[str] | None = None,
) -> None:
    with_formula = {name: formula for name, formula in formulas.items() if formula}
    others = [engine.dictionary.published[name] for name, formula in formulas.items() if not formula]
    wanted = formulas.keys() if names is None else set(names)
    with _timed(f"{len(with_formula.keys() & wanted)} metrics rolled up"):
        publish_roll_ups(connection, engine, with_formula, run, wanted)
    with _timed(f"{len([m for m in others if m.name in wanted])} metrics computed per cut"):
        publish_per_cut(connection, engine, others, run, wanted)


def _write_catalogue(connection: duckdb.DuckDBPyConnection, engine: Engine, formulas: dict[str, Formula | None]) -> None:
    """Fill metric_catalogue with every metric in its latest version, and metric_versions with all that are computed."""
    catalogue, versions = [], []
    for name, formula in formulas.items():
        metric = engine.dictionary.published[name]
        values = metric.governance.model_dump() | {
            "metric_code": metric.code,
            "metric_kind": metric_kind(metric, engine.dictionary),
            "numerator": formula.numerator.replace('"', "") if formula and formula.numerator else None,
            "denominator": formula.denominator.replace('"', "") if formula and formula.denominator else None,
            "definition_sql": definition_statement(engine, metric),
        }
        versions.append(values)
        if name in engine.dictionary.catalogue:
            catalogue.append(values)
    for table, rows in (("metrics.metric_catalogue", catalogue), ("metrics.metric_versions", versions)):
        columns = [row[0] for row in connection.execute(f"describe {table}").fetchall()]
        insert_rows(connection, table, [[values[name] for name in columns] for values in rows])


def metric_kind(metric: Metric, dictionary: Dictionary) -> str:
    """What a metric is, as the catalogue says: sum, count_distinct, min, max, point_in_time, ratio, derived, cumulative, conversion."""
    if metric.kind != "simple":
        return metric.kind
    measure = dictionary.measures_of(metric)[0]
    if measure.is_point_in_time:
        return "point_in_time"
    return "sum" if measure.aggregation in {"sum_boolean", "count"} else measure.aggregation


def _refuse_another_database(connection: duckdb.DuckDBPyConnection, dictionary: Dictionary) -> None:
    current = connection.execute("select current_database()").fetchone()[0]
    others = sorted(dictionary.databases - {current})
    if others:
        raise MetricsError(f"compiled metric SQL names database {', '.join(others)}, and this one is {current}; give the file that stem")


@contextmanager
def _open(connection_or_path: duckdb.DuckDBPyConnection | Path | str) -> Iterator[duckdb.DuckDBPyConnection]:
    if isinstance(connection_or_path, duckdb.DuckDBPyConnection):
        yield connection_or_path
        return
    connection = duckdb.connect(str(connection_or_path))
    try:
        connection.execute("set TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


@contextmanager
def _suitable_threads(connection: duckdb.DuckDBPyConnection, dictionary: Dictionary) -> Iterator[None]:
    """One thread while the marts are small.

    Six hundred statements of a few milliseconds each: on two threads 7.0 s of processor time, on one 3.5 s, because threads wait busily.
    """
    tables = sorted({model.table for model in dictionary.semantic_models.values()})
    rows = connection.execute(
        "select sum(estimated_size) from duckdb_tables() where schema_name <> 'metrics' and list_contains(?, table_name)",
        [tables],
    ).fetchone()[0]
    before = connection.execute("select current_setting('threads')").fetchone()[0]
    if (rows or 0) < MANY_ROWS:
        connection.execute("set threads = 1")
    try:
        yield
    finally:
        connection.execute(f"set threads = {before}")


@contextmanager
def _timed(what: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    log.info("%s: %.2f s", what, time.perf_counter() - started)


__all__ = ["compute_values", "publish_metrics", "set_trust"]
