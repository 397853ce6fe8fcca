"""Maps the public data sets of `../shared/data` into landing files of the contracts, one query an entity in `mapping/`.

To map another entity, drop `mapping/<source>/<entity>.sql` with the contract's columns; views of the source files are
in `mapping/views.sql`.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder

MAPPING = Path(__file__).resolve().parent / "mapping"
SOURCE_FOLDER = PROJECT_ROOT.parent / "shared" / "data"
DELIVERED = "2019-12-31"


def open_source(source_folder: Path = SOURCE_FOLDER) -> duckdb.DuckDBPyConnection:
    """A database in memory with the source files as views. Raises FileNotFoundError where the folder is absent."""
    if not source_folder.is_dir():
        raise FileNotFoundError(f"{source_folder} is absent: the real data sets are not part of the project")
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    connection.execute((MAPPING / "views.sql").read_text(encoding="utf-8").replace("$source_folder", str(source_folder)))
    return connection


def map_sources(folder: DataFolder, source_folder: Path = SOURCE_FOLDER) -> dict[str, int]:
    """Write the landing files of a data folder; returns rows written by `source/entity`."""
    rows = {}
    with open_source(source_folder) as connection:
        for file in sorted(MAPPING.glob("*/*.sql")):
            entity = f"{file.parent.name}/{file.stem}"
            target = folder.landing / entity / f"dt={DELIVERED}" / f"{file.stem}.parquet"
            target.parent.mkdir(parents=True, exist_ok=True)
            query = file.read_text(encoding="utf-8")
            (rows[entity],) = connection.execute(f"copy ({query}) to '{target}' (format parquet)").fetchone()
    origin = {
        "simulated": False,
        "description": "Real public data: Spanish motor, university payments, bank calls, borrowers",
    }
    (folder.landing / "_origin.json").write_text(json.dumps(origin), encoding="utf-8")
    return rows
