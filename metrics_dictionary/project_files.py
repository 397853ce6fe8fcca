"""The files dbt reads, and their hash: pipeline and dictionary ask here whether two states of the project are the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

from metrics_dictionary.locations import PROJECT_ROOT

PROJECT_FOLDERS = ("models", "macros", "seeds", "metrics_dictionary/definitions", "tests/data_tests")
PROJECT_FILES = ("dbt_project.yml", "profiles.yml")


def project_hash(root: Path = PROJECT_ROOT) -> str:
    """SHA-256 over the name and content of every file dbt reads below `root`; when it changes, tables are built whole."""
    digest = hashlib.sha256()
    files = [root / name for name in PROJECT_FILES]
    for folder in PROJECT_FOLDERS:
        files.extend(f for f in sorted((root / folder).rglob("*")) if f.suffix in {".sql", ".yml", ".csv"})
    for file in files:
        digest.update(str(file.relative_to(root)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
