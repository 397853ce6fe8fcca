"""The lineage of the whole project, as a run publishes it, against the database the run built."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.lineage.graph import Lineage, read_lineage
from metrics_dictionary.locations import DataFolder
from orchestration.lib.dbt_project import manifest_path


@pytest.fixture(scope="module")
def lineage(fixture_folder: DataFolder) -> Lineage:
    manifest = manifest_path(fixture_folder)
    return read_lineage(Dictionary(manifest), manifest)


@pytest.fixture
def published(fixture_folder: DataFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(fixture_folder.published_database.resolve(strict=True)), read_only=True) as connection:
        yield connection


def test_every_column_of_every_model_is_resolved(lineage: Lineage, fixture_folder: DataFolder) -> None:
    assert lineage.project.unresolved == []
    with duckdb.connect(str(fixture_folder.warehouse_database), read_only=True) as connection:
        rows = connection.execute(
            "select table_schema, table_name, list(lower(column_name)) from information_schema.columns group by all"
        ).fetchall()
    built = {(schema, table): set(columns) for schema, table, columns in rows}
    models = [node for node in lineage.project.nodes.values() if node.layer != "delivery"]
    assert len(models) > 300
    assert {n.name: set(lineage.project.models[n.name].columns) for n in models} == {n.name: built[n.relation] for n in models}


def test_every_metric_reaches_delivered_columns_and_a_tile(published: duckdb.DuckDBPyConnection, lineage: Lineage) -> None:
    assert lineage.untraced() == {}
    untraced = published.execute(
        """
        select metric_code from metrics.metric_catalogue
        anti join (select metric_code from metrics.metric_lineage where layer = 'delivery' and column_name <> '*') using (metric_code)
        """
    )
    assert untraced.fetchall() == []
    assert published.execute("select count(*) from metrics.lineage_unresolved").fetchone() == (0,)
    without_tile = published.execute(
        """
        select metric_code from metrics.metric_catalogue
        anti join (select from_column from metrics.lineage_edges where to_layer = 'tile') as tiles on metric_code = from_column
        """
    )
    assert without_tile.fetchall() == []


def test_a_known_path_is_told_hop_by_hop(published: duckdb.DuckDBPyConnection) -> None:
    paths = published.execute(
        """
        with recursive path(hop, to_table, to_column, expressions) as (
            select 0, 'metric', 'gross_written_premium', []::varchar[]
            union
            select path.hop + 1, edges.from_table, edges.from_column, list_concat(edges.expressions, path.expressions)
            from path
            inner join metrics.lineage_edges as edges
                on edges.to_table = path.to_table and edges.to_column = path.to_column and edges.use = 'value'
            where path.hop < 12
        )
        select distinct expressions from path where to_table = 'policy_admin/premium_payment' and to_column = 'premium_amount'
        """
    ).fetchall()
    assert paths, "gross written premium does not come from the payments' amounts"
    assert all(expressions[-1].lower().startswith("sum(") for (expressions,) in paths)
