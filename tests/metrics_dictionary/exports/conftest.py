"""A data folder in which the tiny project is published, with its targets as a seed file."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.locations import DataFolder

TARGETS = """metric_code,organisation_code,grain,valid_from,valid_to,target_value,amber_value,red_value,kind,source
answer_rate,,,2023-01-01,,0.9,0.7,,proposal,=T1
answer_rate,LIFE_SH,,2023-01-01,,0.4,,,regulatory,T2
written_premium,,month,2023-01-01,2023-12-31,300.31,,200,proposal,T3
"""


@pytest.fixture
def tiny_folder(tiny_warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """The folder, which the environment names too."""
    folder = DataFolder(tmp_path / "data")
    folder.current_publication.mkdir(parents=True)
    shutil.copy(tiny_warehouse.database, folder.published_database)
    with duckdb.connect(str(folder.published_database)) as connection:
        connection.execute(
            "create table metrics.publication as select 'v1' as version, date '2024-02-20' as as_of_date, true as is_simulated"
        )
    monkeypatch.setenv("ZHICANG_DATA", str(folder.root))
    monkeypatch.setenv("DBT_TARGET_PATH", str(tiny_warehouse.manifest.parent))
    monkeypatch.delenv("ZHICANG_COMPILED", raising=False)
    return folder


@pytest.fixture
def tiny_targets(tmp_path: Path) -> Path:
    """Three targets of two metrics; one source reads like a formula."""
    path = tmp_path / "metric_targets.csv"
    path.write_text(TARGETS, encoding="utf-8")
    return path
