"""A whole measurement over a handmade warehouse: what is built and what is read, effects of code and data, verdicts and causes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import duckdb
import pytest

from metrics_dictionary.errors import MetricsError
from metrics_dictionary.impact.differences import NodeChange, definition_changes, node_changes
from metrics_dictionary.impact.findings import Impact, MetricImpact, Verdict
from metrics_dictionary.impact.measuring import Measurement
from metrics_dictionary.impact.planning import Plan
from metrics_dictionary.impact.versions import Version
from metrics_dictionary.impact.warehouse import open_warehouse
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.publication_tables import TABLES
from tests.metrics_dictionary.impact.handmade import MODELS, Model

STAGING = MODELS["stg_payments"]
TWICE: Model = {
    **STAGING,
    "sql": 'select payment.* from "raw"."shop"."payment" as payment cross join (values (1), (2)) as twice (number)',
}
Measure = Callable[..., Impact]


@pytest.fixture
def measure(data_folder: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Measure:
    """A function that measures two versions over the data folder, metric written_premium alone unless others are asked for."""

    def measured(
        base: Version,
        head: Version,
        wanted: tuple[str, ...] = ("written_premium",),
        is_whole: bool = False,
        accepted: tuple[str, ...] = (),
        changes: dict[str, NodeChange] | None = None,
    ) -> Impact:
        with open_warehouse(data_folder, base.hash) as warehouse:
            definitions = definition_changes(base.dictionary, head.dictionary)
            plan = Plan(base, head, warehouse, changes or node_changes(base, head), definitions, frozenset(wanted), is_whole)
            return Measurement(plan, tmp_path_factory.mktemp("scratch"), None, frozenset(accepted)).run()

    return measured


def one(impact: Impact) -> MetricImpact:
    """The only metric that is reached."""
    (metric,) = impact.metrics
    return metric


def test_rows_doubled_by_a_join_double_the_metric(version: Callable[..., Version], measure: Measure) -> None:
    impact = measure(version("base"), version("head", {"stg_payments": TWICE}))
    metric = one(impact)
    assert (metric.verdict, metric.models) == (Verdict.BEYOND, {"stg_payments": ("*",)})
    assert (metric.comparison.headline.before, metric.comparison.headline.after) == (107, 214)
    assert [m.code for m in impact.stopping] == ["written_premium"]
    assert (impact.before.built, impact.after.built) == ((), ("agg_premiums_daily",))
    (rows,) = impact.rows
    assert (rows.table, rows.rows_before, rows.rows_after, rows.changed) == ("agg_premiums_daily", 2, 2, 2)


def test_a_whole_rebuild_finds_the_same(version: Callable[..., Version], measure: Measure) -> None:
    versions = version("base"), version("head", {"stg_payments": TWICE})
    quick, whole = measure(*versions), measure(*versions, is_whole=True)
    assert whole.before.read == whole.after.read == ()
    assert set(whole.before.built) == {"agg_premiums_daily", "dim_date", "dim_organisation"}
    assert one(whole).comparison == one(quick).comparison
    assert [change.table for change in whole.rows if not change.is_same] == ["agg_premiums_daily"]


def test_behind_a_table_with_the_same_rows_nothing_can_move(version: Callable[..., Version], measure: Measure) -> None:
    filtered = {**STAGING, "sql": 'select * from "raw"."shop"."payment" where premium_amount <> -1'}
    impact = measure(version("base"), version("head", {"stg_payments": filtered}))
    assert impact.metrics == ()
    assert [(change.table, change.is_same) for change in impact.rows] == [("agg_premiums_daily", True)]


def test_other_words_are_run_beside_the_old_ones(version: Callable[..., Version], measure: Measure) -> None:
    reworded = {**STAGING, "sql": 'select *\nfrom "raw"."shop"."payment" -- every one'}
    impact = measure(version("base"), version("head", {"stg_payments": reworded}))
    assert (impact.metrics, impact.rows, impact.after.built) == ((), (), ())
    assert [(change.table, change.rows_after, change.is_same) for change in impact.rewritten] == [("stg_payments", 2, True)]


def test_words_that_only_seem_the_same_are_measured(version: Callable[..., Version], measure: Measure) -> None:
    claimed = {"stg_payments": NodeChange("stg_payments", "stg_payments.sql", "rewritten")}
    impact = measure(version("base"), version("head", {"stg_payments": TWICE}), changes=claimed)
    assert [change.is_same for change in impact.rewritten] == [False]
    assert one(impact).verdict is Verdict.BEYOND
    assert impact.changes["stg_payments"].kind == "query"


def test_new_data_are_told_apart_from_new_code(version: Callable[..., Version], measure: Measure, data_folder: DataFolder) -> None:
    published = data_folder.published / "20240220T000000" / "zhicang.duckdb"
    published.parent.mkdir(parents=True)
    with duckdb.connect(str(published)) as connection:
        connection.execute(TABLES)
        connection.execute("create table metrics.publication as select 'run-1' as run_id")
        connection.execute("create table metrics.runs as select 'run-1' as run_id, 'hash of base' as project_hash")
        connection.execute("create table metrics.loads as select 1 as load_id")
        connection.execute(
            """
            insert into metrics.metric_values by name
            select 'written_premium' as metric_code, 1 as version, 'year' as grain, date '2024-01-01' as period_start_date,
                date '2024-12-31' as period_end_date, 'total' as dimension_set, 107 as value, false as is_complete_period,
                true as is_in_force, 'passed' as trust, date '2024-02-20' as known_from, 'run-1' as run_id
            """
        )
    with duckdb.connect(str(data_folder.raw_database)) as raw:
        raw.execute("insert into shop.payment values ('2024-01-12', 'LIFE_BJ', 'online', 'P1', 50)")
        raw.execute("insert into meta.loads values (2, 'shop', 'payment', 'late.csv', 1, '2024-02-20', 'loaded')")
        raw.execute("insert into meta.touched_dates values (2, 'shop', 'payment', '2024-01-12', null)")
    impact = measure(version("base"), version("head", {"stg_payments": TWICE}))
    metric, row = one(impact), one(impact).comparison.headline
    assert (row.published, row.data_effect, row.before, row.code_effect, row.after) == (107, 50, 157, 157, 314)
    assert [load.file for load in metric.loads] == ["late.csv"]
    assert impact.before.built == ("agg_premiums_daily",)
    same = measure(*(replace(version(label), hash="hash of base") for label in ("base again", "head again")))
    assert (one(same).verdict, one(same).comparison.headline.data_effect) == (Verdict.UNCHANGED, 50)
    assert same.stopping == []


def test_a_warehouse_of_neither_version_is_not_read(version: Callable[..., Version], measure: Measure) -> None:
    base = replace(version("base"), hash="hash of a third")
    impact = measure(base, version("head", {"stg_payments": TWICE}))
    assert "agg_premiums_daily" in impact.before.built
    assert impact.before.read == ()
    assert one(impact).comparison.headline.before == 107
    # What both versions share is built once.
    assert {"dim_date", "dim_organisation"} <= set(impact.after.read)


def test_a_removed_metric_stops_the_merge_until_it_is_accepted(version: Callable[..., Version], measure: Measure) -> None:
    def removed(content: dict[str, Any]) -> None:
        metric = next(m for m in content["metrics"] if m["name"] == "written_premium")
        metric["config"]["meta"] = None

    versions = version("base"), version("head", redefine=removed)
    impact = measure(*versions)
    assert one(impact).verdict is Verdict.REMOVED
    assert impact.stopping == [one(impact)]
    assert measure(*versions, accepted=("written_premium",)).stopping == []


def test_a_new_metric_stops_nothing(version: Callable[..., Version], measure: Measure) -> None:
    def removed(content: dict[str, Any]) -> None:
        next(m for m in content["metrics"] if m["name"] == "written_premium")["config"]["meta"] = None

    impact = measure(version("base", redefine=removed), version("head"))
    assert (one(impact).verdict, impact.stopping) == (Verdict.NEW, [])
    assert one(impact).comparison.headline.after == 107


def test_a_change_cannot_loosen_its_own_tolerance(version: Callable[..., Version], measure: Measure) -> None:
    def loosened(content: dict[str, Any]) -> None:
        next(m for m in content["metrics"] if m["name"] == "written_premium")["config"]["meta"]["tolerance"] = 1000

    metric = one(measure(version("base"), version("head", {"stg_payments": TWICE}, loosened)))
    assert (metric.tolerance, metric.verdict) == (0, Verdict.BEYOND)
    assert metric.definition.fields == ("tolerance",)


def test_a_model_that_cannot_be_built_is_named(version: Callable[..., Version], measure: Measure) -> None:
    broken = {**STAGING, "sql": 'select no_such_column from "raw"."shop"."payment"'}
    with pytest.raises(MetricsError, match=r"head: models/staging/stg_payments\.sql cannot be built over these data"):
        measure(version("base"), version("head", {"stg_payments": broken}))


def test_an_unknown_metric_is_named(version: Callable[..., Version], measure: Measure) -> None:
    with pytest.raises(MetricsError, match="unknown metric 'written_premiun'; did you mean written_premium"):
        measure(version("base"), version("head"), wanted=("written_premiun",))
