"""Restatements: a value of a finished period that a later publication gives differently, why, and who accepted it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from metrics_dictionary.cuts import MEMBER_COLUMNS
from metrics_dictionary.errors import MetricsError, unknown_name

CAUSES = ("definition", "corrected_data", "late_data", "code", "unexplained")
RESTATEMENTS = """
create table metrics.metric_restatements (
    restatement_id varchar primary key, metric_code varchar not null, cause varchar not null, possible_causes varchar[] not null,
    load_ids bigint[] not null, changed_values bigint not null, first_period_end_date date not null, last_period_end_date date not null,
    example_grain varchar not null, example_period_start_date date not null, example_dimension_set varchar not null,
    example_old_value double, example_new_value double,
    known_from date not null, run_id varchar not null, opened_at timestamp not null,
    status varchar not null, accepted_cause varchar, accepted_by varchar, accepted_reason varchar, accepted_at timestamp
)
"""
ACCEPTANCES = """
create table if not exists restatement_acceptances (
    restatement_id varchar primary key, accepted_cause varchar not null, accepted_by varchar not null,
    accepted_reason varchar not null, accepted_at timestamp not null
)
"""


@dataclass(frozen=True)
class Restatement:
    """One metric whose finished values one publication changed."""

    restatement_id: str
    metric_code: str
    cause: str
    possible_causes: tuple[str, ...]
    changed_values: int
    example: str
    status: str
    accepted_by: str | None = None
    accepted_reason: str | None = None


def create_restatement_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make metrics.metric_restatements, empty."""
    connection.execute(RESTATEMENTS)


def open_restatements(connection: duckdb.DuckDBPyConnection, run_id: str, touches: str, acceptances: Path | None) -> None:
    """Carry the restatements of the publication before over, and open one for each metric whose finished values changed.

    Reads temp.came and temp.gone (values that are new, and those no longer given) and makes temp.restated. A value counts when it was
    in force, and its period finished, in the publication before; one that had no value counts when its metric's total had.
    """
    members = ", ".join(f"coalesce(came.{c}, old.{c}) as {c}" for c in MEMBER_COLUMNS)
    key = "metric_code, grain, period_end_date, dimension_set, " + ", ".join(MEMBER_COLUMNS)
    same = " and ".join(
        [f"came.{c} = old.{c}" for c in ("metric_code", "grain", "period_end_date", "dimension_set")]
        + [f"came.{c} is not distinct from old.{c}" for c in MEMBER_COLUMNS]
    )
    # A finer day leaves the publication when its year is over: that is no restatement, and neither is a metric that is withdrawn.
    connection.execute(
        f"""
        create or replace temp table restated as
        with came as (select * from temp.came where is_in_force),
        gone as (select * from temp.gone where is_in_force and is_complete_period),
        finished as (
            select distinct metric_code, grain, period_end_date from previous.metrics.metric_values
            where dimension_set = 'total' and is_in_force and is_complete_period
        ),
        changed as (
            select came.metric_code, came.grain, came.period_start_date, came.period_end_date, came.dimension_set, {members},
                old.version as old_version, came.version, old.value as old_value, came.value as new_value
            from came
            inner join finished using (metric_code, grain, period_end_date)
            left join previous.metrics.metric_values as old on {same} and old.is_in_force
            where old.value is distinct from came.value
            union all
            select old.metric_code, old.grain, old.period_start_date, old.period_end_date, old.dimension_set,
                {", ".join(f"old.{c}" for c in MEMBER_COLUMNS)}, old.version, null, old.value, null
            from gone as old
            anti join metrics.metric_values as came on {same} and came.is_in_force
            where old.grain <> 'day' and old.metric_code in (select metric_code from metrics.metric_catalogue)
        )
        select *, left($run_id, 8) || ':' || metric_code as restatement_id from changed
        """,
        {"run_id": run_id},
    )
    connection.execute("insert into metrics.metric_restatements select * from previous.metrics.metric_restatements")
    connection.execute(
        f"""
        insert into metrics.metric_restatements
        with touches as ({touches}),
        touched as (
            select sources.metric_code, min(touches.business_date) as first_date,
                min(touches.business_date) filter (where is_correction) as first_corrected_date,
                min(touches.business_date) filter (where not is_correction) as first_late_date,
                list(distinct load_id order by load_id) as load_ids
            from touches
            inner join (select distinct metric_code, table_name from metrics.metric_lineage where layer = 'delivery') as sources
                on touches.table_name = sources.table_name
            group by all
        ),
        models as (
            select (select project_hash from metrics.runs where run_id = $run_id) is distinct from (
                select project_hash from previous.metrics.runs
                where run_id = (select run_id from previous.metrics.publication)
            ) as has_changed
        ),
        definitions as (
            select new.metric_code, new.definition_sql <> old.definition_sql or new.version <> old.version as has_changed
            from metrics.metric_catalogue as new
            inner join previous.metrics.metric_catalogue as old on new.metric_code = old.metric_code
        ),
        by_metric as (
            select restatement_id, metric_code, count(*) as changed_values, min(period_end_date) as first_period_end_date,
                max(period_end_date) as last_period_end_date, bool_or(old_version <> version) as is_redefined,
                first(struct_pack(grain, period_start_date, dimension_set, old_value, new_value) order by
                    dimension_set <> 'total', grain = 'day', period_end_date desc, {key}) as example
            from temp.restated
            group by all
        ),
        reasoned as (
            select by_metric.*,
                list_filter([
                    case when is_redefined or definitions.has_changed then 'definition' end,
                    case when first_corrected_date <= last_period_end_date then 'corrected_data' end,
                    case when first_late_date <= last_period_end_date then 'late_data' end,
                    case when models.has_changed then 'code' end,
                    -- New data of a later date: what is left when definitions and models are the same, as for cohorts.
                    case when touched.first_date > last_period_end_date then if(first_late_date is null, 'corrected_data', 'late_data') end
                ], lambda cause: cause is not null) as possible_causes,
                coalesce(touched.load_ids, []) as load_ids
            from by_metric
            cross join models
            left join definitions using (metric_code)
            left join touched using (metric_code)
        )
        select restatement_id, metric_code, coalesce(possible_causes[1], 'unexplained'), possible_causes, load_ids,
            changed_values, first_period_end_date, last_period_end_date,
            example.grain, example.period_start_date, example.dimension_set, example.old_value, example.new_value,
            publication.as_of_date, $run_id, publication.built_at, 'open', null, null, null, null
        from reasoned cross join metrics.publication
        """,
        {"run_id": run_id},
    )
    if acceptances is not None and acceptances.exists():
        _take_in_acceptances(connection, acceptances)


def _take_in_acceptances(connection: duckdb.DuckDBPyConnection, acceptances: Path) -> None:
    path = str(acceptances).replace("'", "''")
    connection.execute(f"attach '{path}' as operations (read_only)")
    connection.execute(
        """
        update metrics.metric_restatements set
            status = 'accepted', accepted_cause = said.accepted_cause, accepted_by = said.accepted_by,
            accepted_reason = said.accepted_reason, accepted_at = said.accepted_at
        from operations.restatement_acceptances as said
        where metric_restatements.restatement_id = said.restatement_id
        """
    )
    connection.execute("detach operations")


def restatements(published: duckdb.DuckDBPyConnection, acceptances: Path, status: str | None = None) -> list[Restatement]:
    """The restatements of a publication, newest first, with what stewards have accepted since; `status` is open or accepted."""
    said = _acceptances(acceptances)
    rows = published.execute(
        """
        select restatement_id, metric_code, coalesce(accepted_cause, cause), possible_causes, changed_values,
            example_grain || ' ' || example_period_start_date || ' ' || example_dimension_set, example_old_value, example_new_value,
            status, accepted_by, accepted_reason
        from metrics.metric_restatements order by opened_at desc, restatement_id
        """
    ).fetchall()
    found = []
    for identity, code, cause, possible, count, place, old, new, *standing in rows:
        example = f"{place}: {_number(old)} -> {_number(new)}"
        if identity in said:
            cause, *acceptance = said[identity]
            standing = ["accepted", *acceptance]
        found.append(Restatement(identity, code, cause, tuple(possible), count, example, *standing))
    return [r for r in found if status in {None, r.status}]


def accept(published: duckdb.DuckDBPyConnection, acceptances: Path, identity: str, by: str, reason: str, cause: str | None = None) -> None:
    """Write down that a steward accepts a restatement; `cause` replaces the derived one.

    Raises MetricsError for an unknown or already accepted restatement, an unknown cause, and an empty name or reason.
    """
    known = {r.restatement_id: r for r in restatements(published, acceptances)}
    if identity not in known:
        raise MetricsError(unknown_name("restatement", identity, known))
    if known[identity].status == "accepted":
        raise MetricsError(f"restatement {identity} was accepted by {known[identity].accepted_by}: {known[identity].accepted_reason}")
    chosen = cause or known[identity].cause
    if chosen not in CAUSES:
        raise MetricsError(unknown_name("cause", chosen, CAUSES))
    if chosen == "unexplained":
        raise MetricsError(f"no cause is known for {identity}; find it and name it with --cause ({', '.join(CAUSES[:-1])})")
    if not by.strip() or not reason.strip():
        raise MetricsError("an acceptance needs who accepts (--by) and why (--reason)")
    acceptances.parent.mkdir(parents=True, exist_ok=True)
    with closing(duckdb.connect(str(acceptances))) as connection:
        connection.execute(ACCEPTANCES)
        connection.execute(
            "insert into restatement_acceptances values (?, ?, ?, ?, ?)",
            [identity, chosen, by.strip(), reason.strip(), datetime.now(UTC).replace(tzinfo=None)],
        )


def _acceptances(database: Path) -> dict[str, tuple[str, str, str]]:
    if not database.exists():
        return {}
    with closing(duckdb.connect(str(database), read_only=True)) as connection:
        rows = connection.execute("select restatement_id, accepted_cause, accepted_by, accepted_reason from restatement_acceptances")
        return {row[0]: row[1:] for row in rows.fetchall()}


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.10g}"
