"""`metrics export` as a person uses it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook
from typer.testing import CliRunner

from metrics_dictionary.command_line import app
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.targets import read_targets


def test_ossie_and_excel(tiny_folder: DataFolder, tmp_path: Path) -> None:
    for kind, name in (("ossie", "dictionary.yml"), ("excel", "dictionary.xlsx")):
        result = CliRunner().invoke(app, ["export", kind, "--out", str(tmp_path / name)])
        assert result.exit_code == 0, result.output
        assert "metrics in" in result.output
    assert yaml.safe_load((tmp_path / "dictionary.yml").read_text(encoding="utf-8"))["name"] == "zhicang"
    read_me = load_workbook(tmp_path / "dictionary.xlsx")["说明 Read me"]
    assert "v1" in {row[1] for row in read_me.values}


def test_excel_without_a_publication_says_so(tiny_folder: DataFolder, tmp_path: Path) -> None:
    tiny_folder.published_database.unlink()
    out = tmp_path / "dictionary.xlsx"
    assert CliRunner().invoke(app, ["export", "excel", "--out", str(out)]).exit_code == 0
    assert "未发布 not published" in {row[1] for row in load_workbook(out)["说明 Read me"].values}
    named = CliRunner().invoke(app, ["export", "excel", "--out", str(out), "--database", str(tmp_path / "none.duckdb")])
    assert named.exit_code == 1
    assert "no database at" in named.output


def test_a_file_that_cannot_be_written_is_said(tiny_folder: DataFolder, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", "ossie", "--out", str(tmp_path / "missing" / "dictionary.yml")])
    assert result.exit_code == 1
    assert "name a file in a folder that exists" in result.output


def test_missing_targets_are_said(tmp_path: Path) -> None:
    with pytest.raises(MetricsError, match=r"no targets at .*none\.csv; put the seed"):
        read_targets(tmp_path / "none.csv")


def test_the_command_starts_without_the_libraries_of_the_exports() -> None:
    code = "import sys, metrics_dictionary.command_line; print([m for m in ('openpyxl', 'mcp', 'metricflow') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
