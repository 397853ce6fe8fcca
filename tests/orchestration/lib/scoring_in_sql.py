"""Scores borrowers with the project's own dbt models under any card, beside the Python score of every row."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from metrics_dictionary.project_files import PROJECT_FILES, PROJECT_FOLDERS
from orchestration.lib.dbt_project import DBT_EXECUTABLE, dbt_environment
from orchestration.lib.scorecard import ScorecardVersion, score_borrowers
from orchestration.lib.scorecard_files import SEEDS_FOLDER, approve_card

COMPARED = ("score", "reason_code_1", "reason_code_2", "reason_code_3")
LARGEST_PROBABILITY_ERROR = 1e-12


def project_with_card(card: ScorecardVersion, folder: Path) -> Path:
    """A copy of the dbt project in which `card` is the approved one; the project itself is not touched."""
    for name in PROJECT_FILES:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT_ROOT / name, folder / name)
    for name in PROJECT_FOLDERS:
        shutil.copytree(PROJECT_ROOT / name, folder / name)
    seeds = folder / SEEDS_FOLDER.relative_to(PROJECT_ROOT)
    approve_card(card, seeds, approved_by="test", valid_from=date(2000, 1, 1), change_reason="For a test")
    return folder


def build_scores(folder: DataFolder, project: Path = PROJECT_ROOT) -> None:
    """Run dbt, in full and without its tests, up to the quality of the card. Raises RuntimeError with dbt's own words."""
    environment = dbt_environment(folder) | {"DBT_PROJECT_DIR": str(project), "DBT_PROFILES_DIR": str(project)}
    command = [DBT_EXECUTABLE, "--quiet", "build", "--full-refresh", "--select", "+agg_credit_model_quality"]
    command += ["--exclude-resource-type", "test", "unit_test"]
    built = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    if built.returncode != 0:
        raise RuntimeError(f"dbt could not score the borrowers of {folder.root}:\n{built.stdout}{built.stderr}")


def differing_rows(folder: DataFolder, card: ScorecardVersion, borrowers: pa.Table) -> tuple[int, int]:
    """(rows compared, rows on which SQL and Python differ in score, reason codes or probability of default)."""
    expected = score_borrowers(card, borrowers)
    different = " or ".join(f"found.{name} is distinct from expected.{name}" for name in COMPARED)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{folder.warehouse_database}' as built (read_only)")
        connection.register("expected", expected)
        return connection.execute(
            f"""
            select count(*), count(*) filter (
                where {different} or found.card_version is distinct from ?
                or coalesce(abs(found.probability_of_default - expected.probability_of_default), 1) > ?
            )
            from built.marts.fct_borrower_scores as found
            full join expected on found.borrower_number = expected.borrower_number
            """,
            [card.header.card_version, LARGEST_PROBABILITY_ERROR],
        ).fetchone()


def quality_in_sql(folder: DataFolder, card_version: str) -> dict[str, tuple[float | None, float | None]]:
    """(AUC, KS) of each sample over all months, as dbt computed them."""
    with duckdb.connect(str(folder.warehouse_database), read_only=True) as connection:
        rows = connection.execute(
            "select sample, auc, ks from marts.agg_credit_model_quality where card_version = ? and observation_month is null",
            [card_version],
        ).fetchall()
    return {sample: (auc, ks) for sample, auc, ks in rows}
