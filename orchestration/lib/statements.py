"""The SQL that moves records: good ones into raw, bad ones into quarantine."""

from __future__ import annotations

from datetime import datetime

import duckdb

from orchestration.lib.contracts import Contract
from orchestration.lib.row_rules import VALUE_CHARACTERS, Check, literal, quoted, typed_value
from orchestration.lib.scans import Scan


def insert_statement(contract: Contract, scan: Scan, checks: list[Check]) -> str:
    """SQL that inserts the rows of a scan which pass every check. Parameters: $at (timestamp), $run."""
    names, values = [], []
    for name, column in contract.columns.items():
        if name in scan.delivered:
            names.append(quoted(name))
            values.append(typed_value(column, scan.delivered[name]))
    holds = " and ".join(check.filter for check in checks) or "true"
    return (
        f"insert into {quoted(contract.source)}.{quoted(contract.entity)}"
        f" ({', '.join(names)}, _file, _file_sha256, _row_number, _delivered_date, _loaded_at, _load_id, _run_id)"
        f" select {', '.join(values)}, _file, _file_sha256, _row_number, _delivered_date, $at::timestamp, _load_id,"
        f" $run::varchar"
        f" from ({scan.relation}) where {holds}"
    )


def _case(checks: list[Check], field: str) -> str:
    arms = []
    for position, check in enumerate(checks):
        value = getattr(check, field)
        sql = value if field == "shown" else ("null" if value is None else literal(value))
        arms.append(f"when {position} then {sql}")
    return f"case fault {' '.join(arms)} end" if arms else "null::varchar"


def bad_rows(scan: Scan, checks: list[Check]) -> str:
    """SQL of the rows that break a check or are listed in zc_removed: load_id, file, file_sha256, row_number, rule,
    column_name, value_text, record."""
    holds = " and ".join(check.filter for check in checks) or "true"
    faults = " ".join(f"when ({check.holds}) is not true then {position}" for position, check in enumerate(checks))
    fault = f"case {faults} end" if checks else "null"
    return f"""
        with judged as (
            select s.*, removed.rule as removed_rule, removed.column_name as removed_column,
                removed.value_text as removed_value, {fault} as fault
            from ({scan.relation}) as s
            left join zc_removed as removed on removed.load_id = s._load_id and removed.row_number = s._row_number
            where ({holds}) is not true or removed.load_id is not null
        )
        select _load_id as load_id, _file as file, _file_sha256 as file_sha256, _row_number as row_number,
            coalesce({_case(checks, "rule")}, removed_rule) as rule,
            case when fault is null then removed_column else {_case(checks, "column")} end as column_name,
            left(
                case when fault is null then removed_value else {_case(checks, "shown")} end, {VALUE_CHARACTERS}
            ) as value_text,
            {scan.record} as record
        from judged"""


def write_quarantine(connection: duckdb.DuckDBPyConnection, contract: Contract, query: str, at: datetime, run_id: str) -> None:
    """Append the rows of `query`, which has the columns of bad_rows, to quarantine."""
    connection.execute(
        f"""
        insert into meta.quarantine
        select nextval('meta.quarantine_ids'), load_id, $source, $entity, file, file_sha256, row_number, rule,
            column_name, value_text, record, 'open', $at, null, $run
        from ({query})
        """,
        {"source": contract.source, "entity": contract.entity, "at": at, "run": run_id},
    )
