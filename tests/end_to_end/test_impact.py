"""`metrics impact` on five staged changes over the fixture group, each a commit of its own in a clone of the project."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from orchestration.lib.dbt_project import dbt_environment

AUTHOR = ("-c", "user.name=A reviewer", "-c", "user.email=reviewer@example.org", "-c", "commit.gpgsign=false")
LEFT_OUT = ("tests/fixtures", "benchmarks", "docs")
GROSS_WRITTEN_PREMIUM = "metrics_dictionary/definitions/business/gross_written_premium.yml"


@dataclass(frozen=True)
class Report:
    """What one measurement said: its exit code, its Markdown summary, and every value that moved."""

    exit_code: int
    summary: str
    page: str
    moved: list[dict[str, str]]

    def effects(self, code: str, grain: str, kind: str = "code_effect") -> dict[str, float]:
        """The effects on the whole of one metric, by first day of the period."""
        return {
            row["period_start_date"]: float(row[kind])
            for row in self.moved
            if (row["metric_code"], row["grain"], row["dimension_set"]) == (code, grain, "total") and row[kind]
        }


@dataclass(frozen=True)
class Clone:
    """A git clone of the project, and a data folder that its base commit has built."""

    root: Path
    folder: DataFolder

    def commit(self, branch: str, edits: dict[str, Callable[[str], str]]) -> None:
        """One commit on top of main that edits files; a file that is not there yet begins empty."""
        self.git("switch", "--quiet", "--force-create", branch, "main")
        for name, edit in edits.items():
            file = self.root / name
            before = file.read_text(encoding="utf-8") if file.exists() else ""
            after = edit(before)
            assert after != before, f"{name}: the staged change finds nothing to change"
            file.write_text(after, encoding="utf-8")
        self.git("add", "--all")
        self.git(*AUTHOR, "commit", "--quiet", "--message", branch)

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.root, check=True, capture_output=True, text=True)

    def run(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = dbt_environment(self.folder) | {"ZHICANG_COMPILED": os.environ["ZHICANG_COMPILED"]}
        environment = {name: value for name, value in environment.items() if not name.startswith("DBT_")}
        return subprocess.run(
            [sys.executable, "-m", module, *arguments], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    def impact(self, *options: str) -> Report:
        """Measure what lies in the clone against main; nothing but the cache of the data folder may change."""
        files = {name: self.root.parent / f"impact.{name}" for name in ("md", "html", "csv")}
        before = contents(self.folder)
        written = ("--markdown", str(files["md"]), "--html", str(files["html"]), "--csv", str(files["csv"]))
        run = self.run("metrics_dictionary.command_line", "impact", "--base", "main", *written, *options)
        assert run.returncode in {0, 1}, run.stdout + run.stderr
        assert contents(self.folder) == before, "the measurement changed the data folder"
        print(run.stdout.splitlines()[-1])
        with files["csv"].open(encoding="utf-8") as file:
            moved = list(csv.DictReader(file))
        return Report(run.returncode, files["md"].read_text(encoding="utf-8"), files["html"].read_text(encoding="utf-8"), moved)

    def asked(self, sql: str) -> list[tuple]:
        """Rows of a query over raw and what is published, independent of the measurement."""
        with duckdb.connect() as connection:
            for alias, path in (("raw", self.folder.raw_database), ("shown", self.folder.published_database.resolve())):
                connection.execute(f"attach '{path}' as {alias} (read_only)")
            return connection.execute(sql).fetchall()


def contents(folder: DataFolder) -> dict[str, str]:
    """A digest of every file of a data folder that holds data."""
    rooms = (folder.landing, folder.warehouse, folder.published)
    files = [file for room in rooms for file in sorted(room.rglob("*")) if file.is_file()]
    return {str(file.relative_to(folder.root)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture(scope="module")
def clone(fixture_folder: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """The project as it lies here, as commit `main` of a repository of its own, and a copy of the fixture group's data folder."""
    place = tmp_path_factory.mktemp("impact")
    root, folder = place / "project", DataFolder(place / "data")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        if not name.startswith(LEFT_OUT) and (PROJECT_ROOT / name).exists():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(PROJECT_ROOT / name, root / name)
    shutil.copytree(fixture_folder.root, folder.root, symlinks=True)
    found = Clone(root, folder)
    found.git("init", "--quiet", "--initial-branch", "main")
    found.git("add", "--all")
    found.git(*AUTHOR, "commit", "--quiet", "--message", "main")
    return found


def test_a_harmless_refactor_moves_nothing_and_proves_it(clone: Clone) -> None:
    def refactored(sql: str) -> str:
        return sql.replace("booked", "postings").replace(
            "    group by accounting_date, organisation_code, channel_code, product_code",
            "    group by\n        accounting_date,\n        organisation_code,  -- issuing\n        channel_code,\n        product_code",
        )

    clone.commit("refactor", {"models/marts/business/agg_premiums_daily.sql": refactored})
    report = clone.impact()
    assert report.exit_code == 0
    assert report.moved == []
    (rows,) = clone.asked("select count(*) from shown.marts.agg_premiums_daily")[0]
    assert "mean something else: 0; that say the same in other words: 1" in report.summary
    assert f"give the same rows as before over the same data: agg_premiums_daily ({rows} rows)" in report.summary
    (metrics,) = clone.asked("select count(*) from shown.metrics.metric_catalogue")[0]
    assert f"Of {metrics} metrics: {metrics} cannot move" in report.summary


def test_a_join_that_multiplies_rows_is_caught_with_the_factor(clone: Clone) -> None:
    def fanned_out(sql: str) -> str:
        kinds = "\n\nkinds as (\n\n    select * from {{ ref('int_business__product_payment_kinds') }}\n\n),"
        return sql.replace("\n\nattributed as (", kinds + "\n\nattributed as (").replace(
            "    inner join products on policies.product_code = products.product_code",
            "    inner join products on policies.product_code = products.product_code\n"
            "    inner join kinds on policies.product_code = kinds.product_code",
        )

    clone.commit("fan_out", {"models/marts/business/fct_premium_payments.sql": fanned_out})
    report = clone.impact()
    assert report.exit_code == 1
    (frequencies,) = clone.asked("select count(*) from shown.marts.fct_premium_payments")[0]
    factor = 5  # every product is offered with five payment frequencies
    scale_premium = [row for row in report.moved if row["metric_code"] == "gross_scale_premium"]
    (published,) = clone.asked(
        "select count(*) from shown.metrics.metric_values where metric_code = 'gross_scale_premium' and is_in_force and value <> 0"
    )[0]
    assert len(scale_premium) == published
    assert all(float(row["after_value"]) == factor * float(row["before_value"]) for row in scale_premium)
    rows = f"| fct_premium_payments | {frequencies} | {factor * frequencies} | {(factor - 1) * frequencies} | 0 | 0 | payment_number: "
    assert rows in report.summary
    assert "beyond tolerance" in report.summary
    assert "| models/marts/business/fct_premium_payments.sql | another query |" in report.summary


def test_a_dropped_filter_is_measured_to_the_cent(clone: Clone) -> None:
    clone.commit(
        "filter",
        {"models/marts/business/agg_sales_expenses_quarterly.sql": lambda sql: sql.replace("    where expense_function = 'sales'\n", "")},
    )
    report = clone.impact()
    assert report.exit_code == 1
    assert {row["metric_code"] for row in report.moved} == {"sales_expense_execution_rate"}
    expected = clone.asked(
        """
        with spent as (
            select date_trunc('year', entries.accounting_date) as year, sum(debit_amount - credit_amount) as amount,
                sum(debit_amount - credit_amount) filter (where expense_function = 'sales') as sales_amount
            from raw.finance.ledger_entry as entries
            inner join raw.finance.ledger_account as accounts on entries.account_code = accounts.account_code
            group by all
        ),
        planned as (
            select date_trunc('year', budgets.period_start_date) as year, sum(budget_amount) as amount,
                sum(budget_amount) filter (where expense_function = 'sales') as sales_amount
            from raw.finance.budget as budgets
            inner join raw.finance.ledger_account as accounts on budgets.account_code = accounts.account_code
            where budgets.period_start_date <= date '2020-12-31'
            group by all
        )
        select cast(cast(year as date) as varchar),
            cast(spent.amount as double) / planned.amount - cast(spent.sales_amount as double) / planned.sales_amount
        from spent inner join planned using (year)
        """
    )
    assert expected
    effects = report.effects("sales_expense_execution_rate", "year")
    assert effects == pytest.approx({year: effect for year, effect in expected if effect})
    assert "agg_sales_expenses_quarterly" in report.summary


def test_a_new_version_of_a_definition_moves_only_the_days_it_is_in_force(clone: Clone) -> None:
    def first_version(_: str) -> str:
        text = (clone.root / GROSS_WRITTEN_PREMIUM).read_text(encoding="utf-8")
        text = text.replace("- name: gross_written_premium", "- name: gross_written_premium_version_1")
        text = text.replace("label: Gross written premium", "label: Gross written premium, version 1")
        return text.replace(
            "version: 1\n        valid_from", "version: 1\n        version_of: gross_written_premium\n        valid_from"
        ).replace("valid_to: null", "valid_to: 2019-12-31")

    def second_version(text: str) -> str:
        text = text.replace("measure: insurance_premium_amount", "measure: scale_premium_amount")
        return text.replace("version: 1\n        valid_from: 2015-01-01", "version: 2\n        valid_from: 2020-01-01").replace(
            "change_reason: First definition", "change_reason: Deposits count from 2020 on"
        )

    earlier = GROSS_WRITTEN_PREMIUM.replace(".yml", "_version_1.yml")
    clone.commit("definition", {earlier: first_version, GROSS_WRITTEN_PREMIUM: second_version})
    report = clone.impact("--lang", "en")
    assert report.exit_code == 1
    assert {row["metric_code"] for row in report.moved} == {"gross_written_premium"}
    deposits = clone.asked(
        """
        select cast(cast(date_trunc('month', accounting_date) as date) as varchar), cast(sum(deposit_amount) as double) as amount
        from shown.marts.agg_premiums_daily where accounting_date >= '2020-01-01' group by all having amount <> 0
        """
    )
    assert deposits
    assert report.effects("gross_written_premium", "month") == pytest.approx(dict(deposits))
    assert "version 1 → 2: Deposits count from 2020 on" in report.summary
    accepted = clone.impact("--accept", "gross_written_premium", "--metric", "gross_written_premium")
    assert accepted.exit_code == 0
    assert "(accepted)" in accepted.summary


def test_late_data_are_told_apart_from_code(clone: Clone) -> None:
    clone.git("switch", "--quiet", "--force-create", "late", "main")
    late = clone.folder.landing / "policy_admin/premium_payment/dt=2020-12-30/late.csv"
    late.parent.mkdir(parents=True)
    late.write_text(
        "payment_number,policy_number,policy_year,due_date,accounting_date,premium_amount,account_value_amount,payment_method\n"
        "Y990,P001,2,2020-12-01,2020-12-15,1234.56,,transfer\n",
        encoding="utf-8",
    )
    loaded = clone.run("orchestration.command_line", "load")
    assert "1 rows read, 1 loaded" in loaded.stdout, loaded.stdout + loaded.stderr
    report = clone.impact()
    assert report.exit_code == 0
    assert [row for row in report.moved if float(row["code_effect"] or 0) != 0] == []
    assert report.effects("gross_scale_premium", "month", "data_effect") == pytest.approx({"2020-12-01": 1234.56})
    assert report.effects("renewal_premium", "year", "data_effect") == pytest.approx({"2020-01-01": 1234.56})
    assert "policy_admin/premium_payment/dt=2020-12-30/late.csv" in report.summary
    assert "+1,234.56" in report.summary
