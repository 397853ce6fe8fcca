"""Great Expectations on DuckDB: the three things its SQL engine lacks for this dialect, and nothing else.

1. It returns the connection to the pool between metrics, which loses the in-memory database; DuckDB must be among the
   dialects whose connection is kept.
2. Column reflection ignores schemas, so every table is offered as a view in the default schema of an in-memory database
   to which the real database is attached read-only. Nothing is ever written to the database that is checked.
3. It knows no regular-expression function for the dialect.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")


class _DialectName(str):
    """A dialect name with the `value` attribute Great Expectations asks of its own enumeration."""

    __slots__ = ()

    @property
    def value(self) -> str:
        return str(self)


def _regular_expression(column: Any, regex: str, dialect: Any, positive: bool = True) -> Any:
    matches = sa.func.regexp_matches(column, sa.literal(regex))
    return matches if positive else sa.not_(matches)


def _teach_duckdb() -> None:
    from great_expectations.execution_engine import sqlalchemy_execution_engine as engine
    from great_expectations.expectations.metrics.column_map_metrics import column_values_match_regex as match

    if "duckdb" not in engine._PERSISTED_CONNECTION_DIALECTS:
        engine._PERSISTED_CONNECTION_DIALECTS = (*engine._PERSISTED_CONNECTION_DIALECTS, _DialectName("duckdb"))
    match.get_dialect_regex_expression = _regular_expression


@contextlib.contextmanager
def duckdb_datasource(context: Any, database: Path, views: Mapping[str, str]) -> Iterator[Any]:
    """A Great Expectations SQL data source over `database`, attached read-only as `checked`.

    `views` maps a table-asset name to the query it stands for, over `checked.<schema>.<table>`.
    """
    _teach_duckdb()
    path = str(database).replace("'", "''")
    opened: list[Any] = []

    def prepare(connection: Any, _record: Any) -> None:
        opened.append(connection)
        connection.execute(f"attach if not exists '{path}' as checked (read_only)")
        for name, query in views.items():
            connection.execute(f'create or replace view "{name}" as {query}')

    sa.event.listen(sa.engine.Engine, "connect", prepare)
    source = context.data_sources.add_sql(f"{database.stem}_{len(context.data_sources.all())}", connection_string="duckdb:///:memory:")
    try:
        yield source
    finally:
        sa.event.remove(sa.engine.Engine, "connect", prepare)
        for connection in opened:
            connection.close()
