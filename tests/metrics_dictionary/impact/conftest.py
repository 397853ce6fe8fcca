"""Handmade versions of a small project: the semantic manifest of the tiny project over models written in the test."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.impact.versions import Version
from metrics_dictionary.locations import DataFolder
from tests.metrics_dictionary.impact.handmade import LEDGERS, MODELS, Model, build_warehouse, manifest_of

MakeVersion = Callable[..., Version]


@pytest.fixture
def version(tmp_path: Path, tiny_dictionary: Dictionary) -> MakeVersion:
    """A function that makes a version from models beside or instead of MODELS, and definitions that a function has edited."""

    def made(label: str, models: Mapping[str, Model] | None = None, redefine: Callable[[dict[str, Any]], None] | None = None) -> Version:
        root = tmp_path / label
        root.mkdir()
        (root / "manifest.json").write_text(json.dumps(manifest_of({**MODELS, **(models or {})})), encoding="utf-8")
        content = json.loads(tiny_dictionary.text)
        if redefine:
            redefine(content)
        (root / "semantic_manifest.json").write_text(json.dumps(content), encoding="utf-8")
        return Version(label, root, f"hash of {label}", root / "manifest.json")

    return made


@pytest.fixture
def data_folder(tmp_path: Path) -> DataFolder:
    """A data folder with one delivery of two payments, loaded and built by the version `base` in run-1; nothing is published."""
    folder = DataFolder(tmp_path / "data")
    folder.warehouse.mkdir(parents=True)
    with duckdb.connect(str(folder.raw_database)) as raw:
        raw.execute(LEDGERS)
        raw.execute("insert into meta.runs values ('run-1', '2024-02-20', 'hash of base')")
        raw.execute(
            "insert into shop.payment values ('2024-01-10', 'LIFE_BJ', 'online', 'P1', 100), ('2024-01-11', 'LIFE_BJ', 'online', 'P2', 7)"
        )
        raw.execute("insert into meta.loads values (1, 'shop', 'payment', 'first.csv', 2, '2024-02-20', 'loaded')")
        raw.execute("insert into meta.touched_dates values (1, 'shop', 'payment', '2024-01-10', 'run-1')")
    build_warehouse(folder)
    return folder
