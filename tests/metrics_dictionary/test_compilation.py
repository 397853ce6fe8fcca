"""Compiling ahead of a publication: everything it needs, once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from metrics_dictionary.compilation import compile_publication
from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.engine import Engine
from metrics_dictionary.publication import publish_metrics
from tests.metrics_dictionary.conftest import AS_OF


def test_a_publication_finds_everything_compiled(tiny_warehouse, tiny_dictionary: Dictionary, tmp_path: Path, monkeypatch) -> None:
    assert compile_publication(tiny_dictionary, tmp_path / "cache") > 40
    assert compile_publication(tiny_dictionary, tmp_path / "cache") == 0

    def refuse(*_: object) -> str:
        raise AssertionError("compiled within the publication")

    monkeypatch.setattr(Engine, "_compile", refuse)
    database = tmp_path / "zhicang.duckdb"
    shutil.copy(tiny_warehouse.database, database)
    assert publish_metrics(database, tiny_warehouse.manifest, "run-2", AS_OF, tmp_path / "cache") > 0
    with pytest.raises(AssertionError, match="within the publication"):
        publish_metrics(database, tiny_warehouse.manifest, "run-3", AS_OF, tmp_path / "another")
