"""What lies in a data folder: who built it, what came after, and that nobody writes meanwhile."""

from __future__ import annotations

import subprocess
import sys

import duckdb
import pytest

from metrics_dictionary.errors import MetricsError
from metrics_dictionary.impact.warehouse import open_warehouse
from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from metrics_dictionary.locks import pipeline_lock


def test_a_built_folder_has_nothing_unbuilt(data_folder: DataFolder) -> None:
    with open_warehouse(data_folder, "hash of base") as warehouse:
        assert warehouse.built_hash == "hash of base"
        assert (warehouse.unbuilt, warehouse.published, warehouse.unpublished) == ((), None, ())
        assert str(warehouse.as_of_date) == "2024-02-20"


@pytest.mark.parametrize("touched", ["insert into meta.touched_dates values (2, 'shop', 'payment', '2024-01-12', null)", "select 1"])
def test_what_was_loaded_since_is_unbuilt_with_and_without_dates(data_folder: DataFolder, touched: str) -> None:
    with duckdb.connect(str(data_folder.raw_database)) as raw:
        raw.execute("insert into meta.loads values (2, 'shop', 'payment', 'late.csv', 1, '2024-02-20', 'loaded')")
        raw.execute(touched)
    with open_warehouse(data_folder, "hash of base") as warehouse:
        assert [(load.delivery, load.file) for load in warehouse.unbuilt] == [("shop/payment", "late.csv")]


def test_a_newer_run_that_did_not_build_leaves_the_warehouse_untrusted(data_folder: DataFolder) -> None:
    with duckdb.connect(str(data_folder.raw_database)) as raw:
        raw.execute("insert into meta.runs values ('run-2', '2024-02-21', null)")
    with open_warehouse(data_folder, "hash of base") as warehouse:
        assert warehouse.built_hash is None


def test_a_folder_without_a_warehouse_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = DataFolder(tmp_path_factory.mktemp("empty"))
    with pytest.raises(MetricsError, match=r"no warehouse at .*; run 'make warehouse' first"), open_warehouse(folder, ""):
        pass


def test_an_unknown_publication_is_named(data_folder: DataFolder) -> None:
    with pytest.raises(MetricsError, match="unknown publication '2020'"), open_warehouse(data_folder, "", "2020"):
        pass


def test_a_running_pipeline_is_respected_and_respects(data_folder: DataFolder) -> None:
    code = f"""
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.locks import pipeline_lock
from pathlib import Path
with pipeline_lock(DataFolder(Path({str(data_folder.root)!r})), "a pipeline"):
    pass
"""
    with open_warehouse(data_folder, "hash of base"):
        other = subprocess.run([sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False)
    assert "is held by process" in other.stderr
    with (
        pipeline_lock(data_folder, "a pipeline"),
        pytest.raises(MetricsError, match="is held by process"),
        open_warehouse(data_folder, "hash of base"),
    ):
        pass
