"""The page `docs/your-own-data.md`, followed to the letter."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import duckdb

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from orchestration.lib.dbt_project import dbt_environment
from orchestration.run_pipeline import run_pipeline

PAGE = (PROJECT_ROOT / "docs" / "your-own-data.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`(landing/[^`]+)`\n\n```csv\n(.*?)```", PAGE, flags=re.MULTILINE | re.DOTALL))


def test_the_smallest_files_give_a_first_metric_and_the_bad_row_waits_in_quarantine(tmp_path: Path) -> None:
    assert len(FILES) == 4
    folder = DataFolder(tmp_path)
    for name, text in FILES.items():
        target = folder.root / name
        target.parent.mkdir(parents=True)
        target.write_text(text, encoding="utf-8")
    run_pipeline(folder)
    with duckdb.connect(str(folder.published_database.resolve()), read_only=True) as connection:
        issued = connection.execute(
            """
            select organisation_code, value from metric_values
            where metric_code = 'policies_issued' and grain = 'month' and dimension_set = 'organisation'
            """
        ).fetchall()
        simulated = connection.execute("select is_simulated from publication").fetchone()
    assert issued == [("LIFE_NORTH", 2.0)]
    assert simulated == (False,)

    def said_by(command: str, *arguments: str) -> str:
        run = subprocess.run(
            [str(Path(sys.executable).with_name(command)), *arguments],
            env=dbt_environment(folder),
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout

    quarantined = said_by("zhicang", "quarantine", "list")
    assert "unknown_reference" in quarantined
    assert "NOWHERE" in quarantined
    assert "LIFE_NORTH" in said_by("metrics", "query", "policies_issued", "--by", "organisation", "--grain", "month")
