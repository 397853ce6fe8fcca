"""Every catalogue metric against a query written from the specification and the contracts, with known answers."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
import yaml

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from orchestration.lib.loading import load_pending
from orchestration.lib.raw_database import open_raw_database
from tests.metrics.checking import CHECK_QUERIES, MEMBER_COLUMNS, check_query_files, check_values, open_checking

FIXTURES = PROJECT_ROOT / "tests" / "fixtures"
SCORES = FIXTURES / "scores" / "fct_borrower_scores*.csv"
LINEAGE = FIXTURES / "lineage" / "metric_lineage.csv"
PLAN = FIXTURES / "plans" / "premium_plan.csv"
SCORE_BINS = FIXTURES / "scores" / "scorecard_score_bins.csv"
PUBLISHED_SCORE_BINS = PROJECT_ROOT / "seeds" / "credit" / "scorecard_score_bins.csv"
PUBLISHED_PLAN = PROJECT_ROOT / "seeds" / "business" / "premium_plan.csv"
TOLERANCE = 1e-9


def known_answers() -> list[dict[str, str]]:
    """The rows of `<subject>/known_answers.csv`."""
    return [
        row
        for file in sorted(CHECK_QUERIES.glob("*/known_answers.csv"))
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    ]


def catalogue_metrics() -> set[str]:
    """Names of the metrics whose definition carries governance: the catalogue and its earlier versions."""
    codes = set()
    for file in (PROJECT_ROOT / "metrics_dictionary" / "definitions").glob("*/*.yml"):
        for metric in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("metrics", []):
            if (metric.get("config") or {}).get("meta"):
                codes.add(metric["name"])
    return codes


def published_as(name: str) -> tuple[str, int | None]:
    """The code and version under which a metric is published; no version means the latest."""
    code, _, version = name.partition("_version_")
    return code, int(version) if version else None


def last_day(connection: duckdb.DuckDBPyConnection, grain: str, first_day: str) -> str:
    """The last day of a period, as text; of years to date only the whole year's first day is known, so give them their last day."""
    row = connection.execute("select period_end_date from periods where grain = ? and period_start_date = ?", [grain, first_day]).fetchone()
    assert row is not None, f"no {grain} begins on {first_day}"
    return str(row[0])


def is_same(left: float | None, right: float | None) -> bool:
    """Whether two values are the same number, or both nothing."""
    if left is None or right is None:
        return left is right
    return math.isclose(left, right, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The fixture's deliveries, loaded by the project's own loader into a folder of their own."""
    folder = DataFolder(tmp_path_factory.mktemp("fixture"))
    folder.landing.symlink_to(FIXTURES / "landing", target_is_directory=True)
    load_pending(folder, "check-queries")
    with closing(open_raw_database(folder)) as raw:
        raw.execute("insert into meta.metric_lineage select * from read_csv(?)", [str(LINEAGE)])
    connection = open_checking(folder.raw_database, PLAN, SCORE_BINS, SCORES)
    yield connection
    connection.close()


def test_every_catalogue_metric_has_a_check_query_and_known_answers() -> None:
    answered = Counter(row["metric_code"] for row in known_answers())
    queried = set(check_query_files())
    assert catalogue_metrics(), "no metric of metrics_dictionary/definitions carries config.meta"
    assert catalogue_metrics() - queried == set(), "metrics without a check query in tests/metrics/<subject>/<code>.sql"
    assert {code for code in queried if answered[code] < 2} == set(), "check queries with fewer than two known answers"


def test_the_whole_fixture_is_loaded(loaded: duckdb.DuckDBPyConnection) -> None:
    """A quarantined fixture row would make a known answer right for the wrong reason."""
    assert loaded.execute("select rule, column_name, record from raw.meta.quarantine").fetchall() == []
    assert loaded.execute("select file, reason, detail from raw.meta.loads where status <> 'loaded'").fetchall() == []


@pytest.mark.parametrize("metric_code", sorted(check_query_files()))
def test_check_query_gives_the_known_answers(loaded: duckdb.DuckDBPyConnection, metric_code: str) -> None:
    rows = [row for row in known_answers() if row["metric_code"] == metric_code]
    values = check_values(loaded, metric_code, sorted({row["dimension_set"] for row in rows}))
    wrong = []
    for row in rows:
        members = [row.get(column) or None for column in MEMBER_COLUMNS]
        end = row.get("period_end_date") or last_day(loaded, row["grain"], row["period_start_date"])
        found = values.get((row["grain"], end, row["dimension_set"], *members))
        expected = float(row["value"]) if row["value"] else None
        if not is_same(found, expected):
            place = f"{row['grain']} to {end} {members}"
            wrong.append(f"{place}: {found}, by hand {expected}: {row['worked_by_hand']}")
    assert rows
    assert wrong == []


@pytest.fixture(scope="module")
def checked(fixture_folder: DataFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    """The raw tables of the folder in which the whole pipeline ran, and its published values as `published`."""
    connection = open_checking(fixture_folder.raw_database, PUBLISHED_PLAN, PUBLISHED_SCORE_BINS)
    published = Path(fixture_folder.published_database).resolve()
    connection.execute(f"attach '{published}' as published (read_only)")
    connection.execute("create table scores as select * from published.marts.fct_borrower_scores")
    yield connection
    connection.close()


@pytest.mark.parametrize("metric_code", sorted(check_query_files()))
def test_published_values_are_the_check_query_values(checked: duckdb.DuckDBPyConnection, metric_code: str) -> None:
    """Every value the pipeline publishes for the fixture, of every grain and cut, is the check query's value.

    A published 0 may stand where the query finds no record; a value the query finds must be published unless it is 0.
    Periods before 2019 are history that some cohorts need, and are not compared.
    """
    code, version = published_as(metric_code)
    published = {
        (grain, str(end), dimension_set, *members): value
        for value, grain, end, dimension_set, *members in checked.execute(
            f"select value, grain, period_end_date, dimension_set, {', '.join(MEMBER_COLUMNS)} "
            "from published.metrics.metric_values where metric_code = $code "
            "and version = coalesce($version, (select version from published.metrics.metric_catalogue where metric_code = $code)) "
            "and period_start_date >= (select min(period_start_date) from periods)",
            {"code": code, "version": version},
        ).fetchall()
    }
    answers = check_values(checked, metric_code, sorted({key[2] for key in published}))
    differing = {
        key: (value, answers.get(key))
        for key, value in published.items()
        if not (is_same(value, answers.get(key)) or (value == 0 and answers.get(key) is None))
    }
    cuts = {(key[0], key[2]) for key in published}
    # The first window of twelve months is the first for which the mart, perhaps with other records, has all of them.
    opening = min((key[1] for key in published if key[0] == "rolling_12"), default="")
    expected = {
        key: value
        for key, value in answers.items()
        if value and (key[0], key[2]) in cuts and not (key[0] == "rolling_12" and key[1] < opening)
    }
    missing = {key: value for key, value in expected.items() if key not in published}
    assert published, f"{metric_code} has no published value on the fixture"
    assert differing == {}, "published value beside the check query's"
    assert missing == {}, "values of the check query that are not published"
