"""Provenance of published numbers on the fixture, whose whole pipeline has run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import duckdb
import pytest
from typer.testing import CliRunner, Result

from metrics_dictionary.command_line import app
from metrics_dictionary.cuts import COLUMNS, MEMBER_COLUMNS, parts_of
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.provenance.collecting import Provenance, collect
from metrics_dictionary.provenance.places import Place, find_place
from metrics_dictionary.provenance.records import is_masked, read_records, records_behind
from metrics_dictionary.query import open_database

VALUES_PER_METRIC = 6


@pytest.fixture(scope="module")
def connection(fixture_folder: DataFolder) -> Iterator[duckdb.DuckDBPyConnection]:
    """The publication of the fixture, read-only."""
    with open_database(fixture_folder.published_database) as opened:
        yield opened


def found(connection: duckdb.DuckDBPyConnection, code: str, period: str, *by: str) -> Provenance:
    return collect(connection, find_place(connection, code, period, by))


def command(folder: DataFolder, *words: str) -> Result:
    return CliRunner().invoke(app, ["provenance", *words, "--database", str(folder.published_database)])


def test_the_records_behind_every_metric_make_its_values(connection: duckdb.DuckDBPyConnection) -> None:
    codes = {code for (code,) in connection.execute("select metric_code from metrics.metric_catalogue").fetchall()}
    values = connection.execute(
        f"""
        select metric_code, grain, period_start_date, period_end_date, dimension_set, {", ".join(MEMBER_COLUMNS)}, version,
            value, numerator, denominator
        from metrics.metric_values
        qualify row_number() over (
            partition by metric_code order by hash(concat_ws('|', grain, period_end_date, dimension_set, {", ".join(MEMBER_COLUMNS)}))
        ) <= $count
        """,
        {"count": VALUES_PER_METRIC},
    ).fetchall()
    valued, unlike, counted, without = set(), [], set(), set()
    for code, grain, first, last, dimension_set, *rest in values:
        members = dict(zip(MEMBER_COLUMNS, rest, strict=False))
        version, *published = rest[len(MEMBER_COLUMNS) :]
        place = Place(code, grain, first, last, tuple((part, members[COLUMNS[part]]) for part in parts_of(dimension_set)))
        behind = records_behind(connection, place, version, tuple(published))
        valued.add(code)
        if behind.obstacle:
            without.add(code)
        elif not behind.reproduces:
            unlike.append((place, published, behind.value))
        for term in behind.terms:
            counted |= {code} if term.records else set()
            for source in term.shown:
                read_records(connection, source, 1)
    print(f"records of {len(valued - without)} of {len(codes)} metrics make {len(values)} values; of {len(counted)} down to a fact")
    assert valued == codes
    assert unlike == []
    assert without == set()
    assert len(counted) > 70


def test_a_ratio_shows_its_sides_apart_down_to_the_fact(connection: duckdb.DuckDBPyConnection) -> None:
    behind = found(connection, "claim_closing_days", "2020").behind
    assert [(term.mart.sides, term.mart.table_name) for term in behind.terms] == [
        (("numerator",), "marts.agg_claims_daily"),
        (("denominator",), "marts.agg_claims_daily"),
    ]
    days, cases = (term.records[0] for term in behind.terms)
    assert days.table_name == cases.table_name == "marts.fct_claims"
    columns, rows = read_records(connection, days, 1_000)
    assert {"claim_number", "closed_date", "organisation_code", "contribution"} <= set(columns)
    assert sum(row[columns.index("contribution")] for row in rows) == pytest.approx(behind.numerator)
    assert len(read_records(connection, cases, 1_000)[1]) == behind.denominator


def test_a_stock_is_that_of_its_last_day_and_says_where_finer_records_lie(connection: duckdb.DuckDBPyConnection) -> None:
    behind = found(connection, "open_claims", "2019-08").behind
    (term,) = behind.terms
    columns, rows = read_records(connection, term.mart, 1_000)
    assert {row[columns.index("stock_date")].isoformat() for row in rows} == {"2019-08-31"}
    assert term.records == ()
    assert (term.facts, term.obstacle) == (("fct_claims",), "snapshot")


def test_identifying_columns_never_leave_the_database_whole(connection: duckdb.DuckDBPyConnection) -> None:
    whole = {n for (n,) in connection.execute("select policy_number from marts.fct_policies").fetchall()}
    for code in ("policies_issued", "gross_written_premium", "effective_customers", "approval_rate", "ai_service_sessions"):
        period = connection.execute(
            "select year(max(period_end_date)) from metrics.metric_values where metric_code = ? and grain = 'year' and value > 0", [code]
        ).fetchone()[0]
        for term in found(connection, code, str(period)).behind.terms:
            for source in term.shown:
                columns, rows = read_records(connection, source, 1_000)
                hidden = [place for place, name in enumerate(columns) if is_masked(name)]
                assert hidden or source.level == "mart"
                assert all(row[place] is None or row[place].startswith("****") for row in rows for place in hidden)
                assert not {cell for row in rows for cell in row} & whole


def test_files_are_those_of_the_metrics_sources_in_force_for_its_run(connection: duckdb.DuckDBPyConnection) -> None:
    provenance = found(connection, "policies_issued", "2020")
    sources = {
        name
        for (name,) in connection.execute(
            "select table_name from metrics.metric_lineage where metric_code = 'policies_issued' and layer = 'delivery'"
        ).fetchall()
    }
    assert {f"{file.source}/{file.entity}" for file in provenance.files} <= sources
    assert "policy_admin/policy" in {f"{file.source}/{file.entity}" for file in provenance.files}
    assert provenance.last_delivery == provenance.publication.as_of_date
    assert (provenance.run.status, provenance.files_since) == ("succeeded", 0)
    assert provenance.run.git_commit is None or len(provenance.run.git_commit.removesuffix("+")) == 40
    assert {check.status for check in provenance.checks} <= {"passed", "failed", "error"}
    assert (provenance.value.trust == "passed") == (not provenance.failed_checks)
    assert provenance.definition.formula


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("policies_isued", "2020"), "did you mean policies_issued"),
        (("policies_issued", "2031"), "no value for 2031 (year); nearest periods end on"),
        (("policies_issued", "20"), "is not understood; write 2024"),
        (("policies_issued", "2020", "--by", "organisation=LIFE_BX"), "did you mean LIFE_BJ"),
        (("policies_issued", "2020", "--by", "organisaton=LIFE_BJ"), "did you mean organisation"),
        (("policies_issued", "2020", "--by", "LIFE_BJ"), "write organisation=LIFE_BJ"),
        (("policies_issued", "2020", "--by", "segment=X"), "unknown published cut of policies_issued 'segment'"),
        (("policies_issued", "2020-Q1", "--window", "rolling_12"), "a window ends with a month"),
        (("policies_issued", "2020", "--as-known-on", "2001-01-01"), "no value that was known on 2001-01-01"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(fixture_folder: DataFolder, words: tuple[str, ...], said: str) -> None:
    result = command(fixture_folder, *words)
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output


def test_nothing_published_is_said(tmp_path, connection: duckdb.DuckDBPyConnection) -> None:
    result = CliRunner().invoke(app, ["provenance", "policies_issued", "2020", "--database", str(tmp_path / "none.duckdb")])
    assert (result.exit_code, "no database at" in result.output) == (1, True)
    empty = duckdb.connect()
    empty.execute("create schema metrics; create table metrics.metric_catalogue (metric_code varchar)")
    with pytest.raises(MetricsError, match="nothing has been published"):
        find_place(empty, "policies_issued", "2020")


def test_the_command_reads_like_a_report_in_either_language(fixture_folder: DataFolder) -> None:
    words = ("claim_closing_days", "2020", "--by", "company=PROP", "--records", "2")
    for language, name in (("zh", "结案周期"), ("en", "Closing cycle")):
        output = command(fixture_folder, *words, "--lang", language).output
        assert name in output.splitlines()[0]
        for piece in ("company PROP", "version 1", "they reproduce the value: yes", "numerator: closing_cycle_days", "2 of", "SELECT"):
            assert piece in output, piece


def test_json_holds_everything_and_csv_the_records(fixture_folder: DataFolder) -> None:
    document = json.loads(command(fixture_folder, "claim_closing_days", "2020", "--format", "json", "--records", "3").output)
    assert document["behind"]["reproduces"] is True
    assert len(document["files"][0]["sha256"]) == 64
    assert [len(table["rows"]) for table in document["records"]] == [3, 3]
    lines = command(fixture_folder, "claim_closing_days", "2020", "--format", "csv", "--records", "3").output.splitlines()
    assert lines[0].startswith("term,table_name,")
    assert len(lines) == 7


def test_a_value_is_told_as_known_on_a_day(fixture_folder: DataFolder, connection: duckdb.DuckDBPyConnection) -> None:
    place = find_place(connection, "policies_issued", "2020")
    today = collect(connection, place)
    assert collect(connection, place, today.publication.as_of_date).value == today.value
    with pytest.raises(MetricsError, match="that was known on"):
        collect(connection, place, today.value.known_from - timedelta(days=1))


def test_windows_are_found_by_the_month_they_end_with(connection: duckdb.DuckDBPyConnection) -> None:
    place = find_place(connection, "gross_written_premium", "2020-12", window="year_to_date")
    whole = find_place(connection, "gross_written_premium", "2020")
    assert (place.grain, place.period_start_date) == ("year_to_date", whole.period_start_date)
    assert collect(connection, place).value.value == collect(connection, whole).value.value
    assert collect(connection, place).behind.reproduces
