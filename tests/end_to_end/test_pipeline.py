"""The whole line over simulated data: what a stranger sees after `make warehouse`."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from metrics_dictionary.locks import pipeline_lock
from orchestration.lib.contracts import all_contracts
from orchestration.lib.dbt_project import dbt_environment

FIRST_COLUMNS = {
    "metric_catalogue": "metric_code",
    "metric_values": "metric_code",
    "metric_versions": "metric_code",
    "metric_ledger": "metric_code",
    "superseded_values": "metric_code",
    "metric_restatements": "restatement_id",
    "metric_status": "metric_code",
    "metric_targets": "metric_code",
    "metric_lineage": "metric_code",
    "metric_trust_reasons": "metric_code",
    "lineage_edges": "from_layer",
    "lineage_tables": "table_name",
    "lineage_unresolved": "table_name",
    "metric_formulas": "metric_code",
    "metric_records": "metric_code",
    "checks": "run_id",
    "loads": "load_id",
    "quarantine_summary": "source",
    "runs": "run_id",
    "publication": "version",
    "access_policy": "role",
}


@pytest.fixture
def published(demo_folder: DataFolder) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(demo_folder.published_database.resolve(strict=True)), read_only=True)


def run_again(folder: DataFolder) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "orchestration.run_pipeline"],
        cwd=PROJECT_ROOT,
        env=dbt_environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_file_is_accounted_for(published: duckdb.DuckDBPyConnection) -> None:
    assert published.execute("select count(*) from loads where rows_read <> rows_loaded + rows_quarantined").fetchone() == (0,)
    assert published.execute("select count(distinct source || '/' || entity) from loads where status = 'loaded'").fetchone() == (
        len(all_contracts()),
    )


def test_planted_bad_rows_and_no_others_are_quarantined(demo_folder: DataFolder, published: duckdb.DuckDBPyConnection) -> None:
    with (demo_folder.truth / "bad_rows.csv").open(encoding="utf-8") as file:
        planted = sorted((row["file"], int(row["row_number"]), row["rule"]) for row in csv.DictReader(file))
    with duckdb.connect(str(demo_folder.raw_database), read_only=True) as raw:
        found = sorted(raw.execute("select file, row_number, rule from meta.quarantine where status = 'open'").fetchall())
    assert found == planted


def test_no_check_fails_on_simulated_data(published: duckdb.DuckDBPyConnection) -> None:
    failed = published.execute("select layer, table_name, column_name, expectation from checks where status <> 'passed'").fetchall()
    assert failed == []


def test_every_metric_has_a_value_and_is_trusted(published: duckdb.DuckDBPyConnection) -> None:
    codes = published.execute("select metric_code from metric_catalogue").fetchall()
    assert len(codes) >= 35
    without = published.execute(
        """
        select metric_code from metric_catalogue
        where metric_code not in (select metric_code from metric_values where dimension_set = 'total' and value is not null)
        """
    ).fetchall()
    assert without == []
    assert published.execute("select distinct trust from metric_values").fetchall() == [("passed",)]


def test_totals_reconcile_from_landing_to_published(demo_folder: DataFolder, published: duckdb.DuckDBPyConnection) -> None:
    with duckdb.connect(str(demo_folder.raw_database), read_only=True) as raw:
        premium, payments = raw.execute("select sum(premium_amount), count(*) from policy_admin.premium_payment").fetchone()
        policies = raw.execute("select count(*) from policy_admin.policy").fetchone()
    assert published.execute("select sum(premium_amount), count(*) from marts.fct_premium_payments").fetchone() == (premium, payments)
    assert published.execute("select count(*) from marts.fct_policies").fetchone() == policies
    yearly = published.execute(
        "select sum(value) from metric_values where metric_code = 'policies_issued' and grain = 'year' and dimension_set = 'total'"
    ).fetchone()
    assert yearly == policies


def test_simulated_data_is_called_simulated(published: duckdb.DuckDBPyConnection) -> None:
    assert published.execute("select is_simulated, as_of_date from publication").fetchone() == (True, date(2022, 6, 30))


def test_the_run_shows_in_dagsters_history(demo_folder: DataFolder) -> None:
    import dagster as dg

    with dg.DagsterInstance.from_config(str(demo_folder.dagster_home)) as instance:
        runs = instance.get_runs()
        assert [run.status for run in runs] == [dg.DagsterRunStatus.SUCCESS]
        assert instance.get_latest_materialization_event(dg.AssetKey(["published", "zhicang"])) is not None


def test_data_docs_are_built(demo_folder: DataFolder) -> None:
    pages = {page.parent.name for page in demo_folder.data_docs.glob("*/index.html")}
    assert pages == {"raw", "zhicang"}


def test_a_second_run_finds_nothing_to_do_and_a_third_says_who_holds_the_folder(demo_folder: DataFolder) -> None:
    again = run_again(demo_folder)
    assert again.returncode == 0, again.stderr
    assert "nothing new" in again.stdout
    with pipeline_lock(demo_folder, "a test"):
        busy = run_again(demo_folder)
    assert busy.returncode == 3
    assert "is held by process" in busy.stderr
    assert "Traceback" not in busy.stderr


def test_raw_is_readable_by_the_loading_account_only(demo_folder: DataFolder) -> None:
    assert Path(demo_folder.raw_database).stat().st_mode & 0o077 == 0
    assert demo_folder.warehouse.stat().st_mode & 0o077 == 0


def test_published_tables_are_those_the_page_promises(published: duckdb.DuckDBPyConnection) -> None:
    page = (PROJECT_ROOT / "docs" / "published-tables.md").read_text(encoding="utf-8")
    promised = {}
    for section in page.split("\n## ")[1:]:
        table, text = section.split("\n", 1)
        columns = text[text.index(f"`{FIRST_COLUMNS[table]}`") :]
        promised[table] = re.findall(r"`(\w+)`", columns)
    found = {
        table: [name for name, *_ in published.execute(f"describe main.{table}").fetchall()]
        for (table,) in published.execute("select view_name from duckdb_views() where schema_name = 'main' and not internal").fetchall()
    }
    assert found == promised
