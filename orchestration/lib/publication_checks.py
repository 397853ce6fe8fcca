"""What is verified of a new publication before it is shown: complete, reconciled, readable, free of personal data."""

from __future__ import annotations

import contextlib
from pathlib import Path

import duckdb

from metrics_dictionary.locations import DataFolder
from orchestration.lib.contracts import all_contracts

# Classes whose values identify a person by themselves. A birth date or a plain name coincides with harmless values.
IDENTIFYING = ("id_number", "mobile", "email", "bank_card", "address")
REQUIRED = ("metric_catalogue", "metric_values", "metric_targets", "checks", "loads", "runs", "publication", "access_policy")


class PublicationRefusedError(Exception):
    """A new version has a fault and is not shown; the message lists each fault with its numbers."""


def verify_publication(folder: DataFolder, database: Path) -> None:
    """Open the finished file as a reader would and check it against the warehouse. Raises PublicationRefusedError."""
    with contextlib.closing(duckdb.connect(":memory:")) as connection:
        for alias, source in (("new", database), ("warehouse", folder.warehouse_database), ("raw", folder.raw_database)):
            path = str(source).replace("'", "''")
            connection.execute(f"attach '{path}' as {alias} (read_only)")
        faults = [
            *_missing_tables(connection),
            *_row_counts(connection),
            *_unbalanced_files(connection),
            *_unreconciled_metrics(connection),
            *_personal_data(connection),
        ]
    if faults:
        raise PublicationRefusedError(
            "the new version is not shown because of: " + "; ".join(faults) + ". The version shown before stays. "
            "Correct the cause and run the pipeline again."
        )


def _tables(connection: duckdb.DuckDBPyConnection, database: str) -> set[tuple[str, str]]:
    return set(connection.execute("select schema_name, table_name from duckdb_tables() where database_name = ?", [database]).fetchall())


def _missing_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    present = _tables(connection, "new")
    expected = {("metrics", t) for t in REQUIRED} | {t for t in _tables(connection, "warehouse") if t[0] == "marts"}
    return [f"table {schema}.{table} is missing" for schema, table in sorted(expected - present)]


def _row_counts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    faults = []
    for schema, table in sorted(_tables(connection, "new") & _tables(connection, "warehouse")):
        published = connection.execute(f'select count(*) from new."{schema}"."{table}"').fetchone()[0]
        built = connection.execute(f'select count(*) from warehouse."{schema}"."{table}"').fetchone()[0]
        if published != built:
            faults.append(f"table {schema}.{table} has {published} rows, the warehouse {built}")
    return faults


def _unbalanced_files(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Rows of the ledger against the rows that lie in raw, per entity: what was read is either there or in quarantine."""
    faults = []
    ledger = {
        (source, entity): count
        for source, entity, count in connection.execute(
            """
            select source, entity, sum(rows_loaded) from raw.meta.loads
            where superseded_by_load_id is null and source is not null group by all
            """
        ).fetchall()
    }
    for contract in all_contracts().values():
        loaded = ledger.get((contract.source, contract.entity), 0)
        found = connection.execute(f'select count(*) from raw."{contract.source}"."{contract.entity}"').fetchone()[0]
        if found != loaded:
            faults.append(f"raw table {contract.path} has {found} rows, its files loaded {loaded}")
    return faults


def _unreconciled_metrics(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Additive metrics: the parts of a dimension make up the total, to the cent."""
    if ("metrics", "metric_values") not in _tables(connection, "new"):
        return []
    rows = connection.execute(
        """
        with additive as (
            select catalogue.metric_code
            from new.metrics.metric_catalogue as catalogue
            where catalogue.additivity = 'additive'
        ),
        sums as (
            select metric_code, grain, period_start_date, dimension_set, sum(value) as total
            from new.metrics.metric_values
            where dimension_set in ('total', 'company', 'organisation', 'channel', 'product')
                and metric_code in (select metric_code from additive)
            group by all
        )
        select parts.metric_code, parts.grain, parts.dimension_set, count(*)
        from sums as parts
        inner join sums as whole using (metric_code, grain, period_start_date)
        where whole.dimension_set = 'total' and abs(parts.total - whole.total) >= 0.005
        group by all
        order by all
        limit 5
        """
    ).fetchall()
    return [f"{code}: {n} {grain} periods in which the {dims} values do not add up to the total" for code, grain, dims, n in rows]


def _personal_data(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Every published text column against every identifying value in raw."""
    parts = [
        f'select "{name}" as personal_value from raw."{contract.source}"."{contract.entity}" where "{name}" is not null'
        for contract in all_contracts().values()
        for name, kind in contract.personal_columns.items()
        if kind in IDENTIFYING
    ]
    connection.execute("create temp table personal as select distinct personal_value from (" + " union all ".join(parts) + ")")
    faults = []
    columns = connection.execute(
        """
        select schema_name, table_name, column_name from duckdb_columns()
        where database_name = 'new' and schema_name in ('marts', 'metrics') and data_type = 'VARCHAR'
            and (schema_name, table_name) in (select (schema_name, table_name) from duckdb_tables() where database_name = 'new')
        order by all
        """
    ).fetchall()
    for schema, table, column in columns:
        query = f'select count(*) from new."{schema}"."{table}" where "{column}" in (select personal_value from personal)'
        found = connection.execute(query).fetchone()[0]
        if found:
            faults.append(f"column {schema}.{table}.{column} holds {found} values that are personal data")
    return faults
