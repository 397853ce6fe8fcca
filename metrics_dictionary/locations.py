"""Where everything lies inside one data folder. Every room that opens a file asks here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class DataFolder:
    """The layout of one data folder (`$ZHICANG_DATA`, default `data/` in the project)."""

    root: Path

    @classmethod
    def from_environment(cls) -> DataFolder:
        """The folder the environment names; relative names are taken from the project's root."""
        return cls((PROJECT_ROOT / os.environ.get("ZHICANG_DATA", "data")).resolve())

    @property
    def landing(self) -> Path:
        """What sources deliver: `<source>/<entity>/dt=YYYY-MM-DD/<file>`."""
        return self.root / "landing"

    @property
    def truth(self) -> Path:
        """What the simulator planted; read by tests, never loaded."""
        return self.root / "truth"

    @property
    def warehouse(self) -> Path:
        """Folder of the two working databases, readable by the loading account only."""
        return self.root / "warehouse"

    @property
    def raw_database(self) -> Path:
        """Deliveries as they came, personal data included, and the ledgers of loading."""
        return self.warehouse / "raw.duckdb"

    @property
    def warehouse_database(self) -> Path:
        """What dbt builds. The stem is `zhicang` in every folder because compiled metric SQL names it."""
        return self.warehouse / "zhicang.duckdb"

    @property
    def published(self) -> Path:
        """Folder of published versions."""
        return self.root / "published"

    @property
    def current_publication(self) -> Path:
        """Symbolic link to the version that is shown."""
        return self.published / "current"

    @property
    def published_database(self) -> Path:
        """The published database as it is now; resolve before opening, because the link moves."""
        return self.current_publication / "zhicang.duckdb"

    @property
    def operations_database(self) -> Path:
        """What people write: acknowledgements, actions, approvals."""
        return self.root / "operations" / "operations.duckdb"

    @property
    def dagster_home(self) -> Path:
        """Dagster's run history and schedules."""
        return self.root / "dagster"

    @property
    def openlineage(self) -> Path:
        """Events of OpenLineage, one file a run, unless they are sent elsewhere."""
        return self.root / "openlineage"

    @property
    def data_docs(self) -> Path:
        """Great Expectations' Data Docs."""
        return self.root / "data_docs"

    @property
    def cache(self) -> Path:
        """What can be deleted at any time and is made again: compiled metric SQL, dbt's target folder."""
        return self.root / "cache"

    @property
    def compiled(self) -> Path:
        """Where compiled metric SQL is remembered: the cache, or the folder `$ZHICANG_COMPILED` that several data folders share."""
        return Path(os.environ["ZHICANG_COMPILED"]) if "ZHICANG_COMPILED" in os.environ else self.cache

    @property
    def lock(self) -> Path:
        """Held by the one pipeline that may write to this folder."""
        return self.root / "pipeline.lock"
