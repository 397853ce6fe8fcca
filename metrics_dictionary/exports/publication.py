"""Which publication a database file holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from metrics_dictionary.errors import MetricsError
from metrics_dictionary.query import open_database


@dataclass(frozen=True)
class Publication:
    """A published version: its name, the last day of its data, and whether the data are simulated."""

    version: str
    as_of_date: date
    is_simulated: bool


def published(database: Path) -> Publication:
    """What the file says of itself. Raises MetricsError when it is missing or is no published database."""
    with open_database(database) as connection:
        row = connection.execute("select version, as_of_date, is_simulated from metrics.publication").fetchone()
    if row is None:
        raise MetricsError(f"{database} holds no publication; run 'make pipeline'")
    return Publication(*row)
