"""Rules that need other rows: unknown references and duplicate keys. They look at rows in raw and take bad ones out.

The rows under examination are those of one `_loaded_at`. What is taken out is listed in the temp table
zc_removed(load_id, row_number, rule, column_name, value_text).
"""

from __future__ import annotations

from datetime import datetime

import duckdb

from orchestration.lib.contracts import Contract
from orchestration.lib.row_rules import VALUE_CHARACTERS, quoted

_REMOVED = """create or replace temp table zc_removed (
    load_id bigint, row_number bigint, rule varchar, column_name varchar, value_text varchar)"""


def _table(source: str, entity: str) -> str:
    return f"{quoted(source)}.{quoted(entity)}"


def _take_out(connection: duckdb.DuckDBPyConnection, table: str, loaded_at: datetime) -> None:
    connection.execute(
        f"delete from {table} where _loaded_at = ? and (_load_id, _row_number) in (select (load_id, row_number) from zc_removed)",
        [loaded_at],
    )


def _remove_unknown(connection: duckdb.DuckDBPyConnection, contract: Contract, column: str, loaded_at: datetime) -> bool:
    reference = contract.columns[column].reference
    if reference is None:
        return False
    source, entity, target = reference
    table, name = _table(contract.source, contract.entity), quoted(column)
    connection.execute(
        f"""
        create or replace temp table zc_missing as
        select seen.code
        from (select distinct {name} as code from {table} where _loaded_at = ? and {name} is not null) as seen
        where not exists (select 1 from {_table(source, entity)} as r where r.{quoted(target)} = seen.code)
        """,
        [loaded_at],
    )
    if not connection.execute("select 1 from zc_missing limit 1").fetchone():
        return False
    connection.execute(
        f"""
        insert into zc_removed
        select _load_id, _row_number, if(trim({name}) = '', 'required', 'unknown_reference'), ?, left({name}, {VALUE_CHARACTERS})
        from {table} where _loaded_at = ? and {name} in (select code from zc_missing)
        """,
        [column, loaded_at],
    )
    _take_out(connection, table, loaded_at)
    return True


def _business_dates(connection: duckdb.DuckDBPyConnection, contract: Contract, loaded_at: datetime) -> str:
    """SQL of the business dates of the new rows: as constants, so that row groups of other dates are not read."""
    table, business_date = _table(contract.source, contract.entity), quoted(contract.business_date)
    query = f"select distinct {business_date} from {table} where _loaded_at = ?"
    dates = connection.execute(f"{query} order by 1", [loaded_at]).fetchall()
    return ", ".join(f"date '{day}'" for (day,) in dates) or "null"


def _remove_duplicates(connection: duckdb.DuckDBPyConnection, contract: Contract, loaded_at: datetime) -> None:
    table = _table(contract.source, contract.entity)
    keys = ", ".join(map(quoted, contract.key))
    business_date = quoted(contract.business_date)
    if contract.delivery == "append":
        # the same record must not come twice: neither in one file nor, on the same business date, in another one
        near = f"{business_date} in ({_business_dates(connection, contract, loaded_at)})"
        partitions = [f"{keys}, _load_id", f"{keys}, {business_date}"]
    else:
        near = f"_load_id in (select distinct _load_id from {table} where _loaded_at = timestamp '{loaded_at}')"
        partitions = [f"{keys}, _load_id"]
    per_load = "" if contract.delivery == "append" else ", _load_id"
    connection.execute(
        f"""
        create or replace temp table zc_doubled as
        select hash({keys}) as key_hash from {table} where {near} group by hash({keys}){per_load} having count(*) > 1
        """
    )
    if not connection.execute("select 1 from zc_doubled limit 1").fetchone():
        return
    first = "order by _loaded_at, _load_id, _row_number"
    later = " or ".join(f"row_number() over (partition by {p} {first}) > 1" for p in partitions)
    shown = "concat_ws('|', " + ", ".join(f"{quoted(k)}::varchar" for k in contract.key) + ")"
    connection.execute(
        f"""
        insert into zc_removed
        select _load_id, _row_number, 'duplicate_key', $column, left(shown, {VALUE_CHARACTERS})
        from (
            select _load_id, _row_number, _loaded_at, {shown} as shown, ({later}) as is_later
            from {table} where {near} and hash({keys}) in (select key_hash from zc_doubled)
        )
        where is_later and _loaded_at = $at
        """,
        {"at": loaded_at, "column": ",".join(contract.key)},
    )
    _take_out(connection, table, loaded_at)


def remove_unacceptable(connection: duckdb.DuckDBPyConnection, contract: Contract, loaded_at: datetime) -> int:
    """Take rows with unknown references and duplicate keys out of raw; returns how many, listed in zc_removed.

    A row taken out may have been the parent of another one (an organisation of an organisation), so references are
    looked at until nothing changes.
    """
    connection.execute(_REMOVED)
    referring = [name for name, column in contract.columns.items() if column.references]
    to_itself = [n for n in referring if contract.columns[n].reference[:2] == (contract.source, contract.entity)]  # type: ignore[index]
    for column in referring:
        _remove_unknown(connection, contract, column, loaded_at)
    _remove_duplicates(connection, contract, loaded_at)
    while any(_remove_unknown(connection, contract, column, loaded_at) for column in to_itself):
        pass
    return connection.execute("select count(*) from zc_removed").fetchone()[0]
