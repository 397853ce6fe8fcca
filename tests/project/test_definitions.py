"""What Dagster knows: jobs, sensors and the shape of asset keys are pinned here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from orchestration.lib.contract_rendering import rendered_files
from orchestration.lib.contracts import all_contracts
from orchestration.lib.dbt_project import dbt_environment
from orchestration.lib.raw_database import create_statement

DESCRIBE = """
import json
from orchestration.definitions import defs
repository = defs.get_repository_def()
print(json.dumps({
    "jobs": sorted(job.name for job in repository.get_all_jobs() if not job.name.startswith("__")),
    "sensors": sorted(sensor.name for sensor in repository.sensor_defs),
    "assets": sorted(spec.key.to_user_string() for spec in defs.resolve_all_asset_specs()),
}))
"""


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = DataFolder(tmp_path_factory.mktemp("definitions"))
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", DESCRIBE],
        cwd=PROJECT_ROOT,
        env=dbt_environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


def test_jobs_and_sensors(declared: dict[str, list[str]]) -> None:
    assert declared["jobs"] == ["rebuild", "scorecard", "warehouse"]
    assert declared["sensors"] == ["landing_sensor", "run_failure_alert"]


def test_every_contract_model_and_stage_is_an_asset(declared: dict[str, list[str]]) -> None:
    assets = set(declared["assets"])
    assert set(all_contracts()) <= assets
    models = {path.stem for path in (PROJECT_ROOT / "models" / "marts").rglob("*.sql")}
    assert {f"marts/{name}" for name in models} <= assets
    assert {"landing/unclaimed", "metrics/metric_values", "published/zhicang"} <= assets


@pytest.mark.parametrize("path", sorted(all_contracts()))
def test_raw_tables_and_dbt_sources_follow_the_contract(path: str) -> None:
    contract = all_contracts()[path]
    statement = create_statement(contract)
    for name, column in contract.columns.items():
        assert f'"{name}" {column.type}' in statement


def test_rendered_files_are_those_in_the_repository() -> None:
    parted = [str(file) for file, text in rendered_files().items() if file.read_text(encoding="utf-8") != text]
    assert parted == [], "run `zhicang contracts render`"


def test_no_file_names_a_host_or_a_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True).stdout.split()
    words = ("files.pythonhosted", "pypi.org", "--index-url", "--find-links", "extra-index")
    named = [
        file
        for file in tracked
        if Path(file).suffix in {".txt", ".toml", ".in", ".yml", ".cfg"}
        and any(word in (PROJECT_ROOT / file).read_text(encoding="utf-8") for word in words)
    ]
    assert named == []
