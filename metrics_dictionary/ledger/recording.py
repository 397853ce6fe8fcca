"""The ledger of published values: what was known of a value, from when and until when, carried from publication to publication.

A publication holds the whole ledger: `metric_values` are the values known now, each with the as-of date of the data it was first
known from; `superseded_values` are those that a later publication replaced. It is built with the new version and shown with it,
so a run that fails or is killed leaves neither values nor history behind.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from metrics_dictionary.cuts import MEMBER_COLUMNS
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.ledger.restatements import create_restatement_tables, open_restatements

KEY_COLUMNS = ("metric_code", "version", "grain", "period_end_date", "dimension_set")
"""A period is known by its last day: every year to date begins on 1 January."""
NUMBERS = ("value", "numerator", "denominator")
LEDGER_VIEW = """
create or replace view metrics.metric_ledger as
select * exclude (is_complete_period, is_in_force, trust), null::date as known_to, null::varchar as restatement_id
from metrics.metric_values
union all by name
select * exclude (is_complete_period, is_in_force, trust, superseded_by_run_id)
from metrics.superseded_values
"""


def record_history(
    connection: duckdb.DuckDBPyConnection, values: str, run_id: str, previous: Path | None, touches: str, acceptances: Path | None = None
) -> None:
    """Fill schema `metrics` of the publication being built: metric_values, superseded_values, metric_restatements, metric_ledger.

    `values` is the table of the values computed now. `previous` is the database of the newest publication (None: the first one).
    `touches` is a query for what was loaded since: table_name (`<source>/<entity>`), business_date, load_id, is_correction.
    `acceptances` is the database in which stewards accept restatements. The tables metric_catalogue, metric_lineage, runs and
    publication must be filled. Raises duckdb.Error when a database cannot be read, MetricsError when a value would be lost or doubled.
    """
    create_restatement_tables(connection)
    if previous is None or not _attach_history(connection, previous):
        connection.execute(f"create table metrics.metric_values as from {values}")
        connection.execute(
            """
            create table metrics.superseded_values as
            select *, null::date as known_to, null::varchar as superseded_by_run_id, null::varchar as restatement_id
            from metrics.metric_values where false
            """
        )
    else:
        _carry_over(connection, values)
        open_restatements(connection, run_id, touches, acceptances)
        _close_replaced(connection, run_id)
        connection.execute("drop table temp.came; drop table temp.gone; drop table temp.restated")
        connection.execute("detach previous")
    connection.execute(LEDGER_VIEW)


def same_key(left: str, right: str, with_version: bool = True) -> str:
    """The join condition of two values that measure the same thing."""
    equal = [f"{left}.{c} = {right}.{c}" for c in KEY_COLUMNS if with_version or c != "version"]
    return " and ".join(equal + [f"{left}.{c} is not distinct from {right}.{c}" for c in MEMBER_COLUMNS])


def _same_numbers(left: str, right: str) -> str:
    return " and ".join(f"{left}.{c} is not distinct from {right}.{c}" for c in NUMBERS)


def _attach_history(connection: duckdb.DuckDBPyConnection, previous: Path) -> bool:
    """Attach the newest publication as `previous`; false, and nothing attached, when it was made before there was a ledger."""
    path = str(previous.resolve()).replace("'", "''")
    connection.execute(f"attach '{path}' as previous (read_only)")
    has_ledger = connection.execute(
        "select 1 from duckdb_tables() where database_name = 'previous' and schema_name = 'metrics' and table_name = 'superseded_values'"
    ).fetchone()
    if not has_ledger:
        connection.execute("detach previous")
    return has_ledger is not None


def _carry_over(connection: duckdb.DuckDBPyConnection, values: str) -> None:
    """Values that did not change keep since when they are known, and by which run."""
    connection.execute(
        f"""
        create table metrics.metric_values as
        select
            new.* replace (coalesce(old.known_from, new.known_from) as known_from, coalesce(old.run_id, new.run_id) as run_id)
        from {values} as new
        left join previous.metrics.metric_values as old on {same_key("new", "old")} and {_same_numbers("new", "old")}
        """
    )
    connection.execute(
        """
        create or replace temp table came as
        from metrics.metric_values where run_id not in (select run_id from previous.metrics.metric_values)
        """
    )
    connection.execute(
        f"""
        create or replace temp table gone as
        select old.*
        from previous.metrics.metric_values as old
        anti join metrics.metric_values as new on {same_key("new", "old")} and {_same_numbers("new", "old")}
        """
    )


def _close_replaced(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    connection.execute(
        f"""
        create table metrics.superseded_values as
        select * from previous.metrics.superseded_values
        union all by name
        select
            gone.*, (select as_of_date from metrics.publication) as known_to, $run_id as superseded_by_run_id, restated.restatement_id
        from temp.gone as gone
        left join temp.restated as restated on {same_key("gone", "restated", with_version=False)} and gone.version = restated.old_version
        """,
        {"run_id": run_id},
    )
    kept, expected = connection.execute(
        """
        select
            (select count(*) from metrics.superseded_values),
            (select count(*) from previous.metrics.superseded_values) + (select count(*) from temp.gone)
        """
    ).fetchone()
    if kept != expected:
        raise MetricsError(f"the ledger would hold {kept} superseded values where there are {expected}; a value is published twice")
