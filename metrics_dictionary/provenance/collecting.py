"""Where one published value comes from, read from the publication that holds it: definition, run, files, checks, quarantine, records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import duckdb

from metrics_dictionary.errors import MetricsError
from metrics_dictionary.ledger.known import KNOWN
from metrics_dictionary.provenance.places import AT, Place
from metrics_dictionary.provenance.records import Behind, records_behind
from metrics_dictionary.trust import JUDGED

Row = TypeVar("Row")


@dataclass(frozen=True)
class Definition:
    """The version of the definition a value was computed by. `formula`: over simple metrics, None where there is none."""

    name_zh: str
    name_en: str
    definition_zh: str
    definition_en: str
    unit: str
    format: str
    version: int
    valid_from: date
    change_reason: str
    definition_sql: str
    formula: str | None


@dataclass(frozen=True)
class Value:
    """A value as published; amounts in the metric's unit. `known_to`: None while it is the one shown."""

    value: float | None
    numerator: float | None
    denominator: float | None
    is_complete_period: bool
    trust: str
    known_from: date
    known_to: date | None
    first_published: date


@dataclass(frozen=True)
class Run:
    """The run that computed a value first. `git_commit` ends with + when files were changed since, None outside a checkout."""

    run_id: str
    started_at: datetime | None
    ended_at: datetime | None
    status: str
    git_commit: str | None
    project_hash: str | None

    @property
    def is_working_copy(self) -> bool:
        """Whether the models were not those of a commit."""
        return self.git_commit is None or self.git_commit.endswith("+")


@dataclass(frozen=True)
class Publication:
    """The publication that shows a value."""

    version: str
    as_of_date: date
    built_at: datetime
    is_simulated: bool
    git_commit: str | None


@dataclass(frozen=True)
class File:
    """A delivery that was in force for the run, of a source the metric stands on; counts are None where the role may not see them."""

    source: str
    entity: str
    file: str
    sha256: str
    rows_loaded: int | None
    rows_quarantined: int | None
    delivered_date: date
    loaded_at: datetime
    run_id: str


@dataclass(frozen=True)
class Check:
    """The last result of a check that bears on the metric."""

    layer: str
    table_name: str
    column_name: str | None
    expectation: str
    status: str
    rows_failing: int | None


@dataclass(frozen=True)
class Quarantined:
    """Rows of a source that broke a rule, by what became of them (open, replayed, superseded)."""

    source: str
    entity: str
    rule: str
    column_name: str | None
    status: str
    row_count: int | None


@dataclass(frozen=True)
class Provenance:
    """Everything that stands behind one published value."""

    place: Place
    publication: Publication
    definition: Definition
    value: Value
    run: Run
    files: tuple[File, ...]
    files_since: int
    checks: tuple[Check, ...]
    quarantine: tuple[Quarantined, ...]
    behind: Behind

    @property
    def failed_checks(self) -> tuple[Check, ...]:
        """Checks whose last result is not `passed`."""
        return tuple(check for check in self.checks if check.status != "passed")

    @property
    def last_delivery(self) -> date | None:
        """The day of the youngest file."""
        return max((file.delivered_date for file in self.files), default=None)

    @property
    def open_rows(self) -> int | None:
        """Rows that are still in quarantine; None where the role may not see how many."""
        counts = [q.row_count for q in self.quarantine if q.status == "open"]
        return None if None in counts else sum(counts)


FILES = """
    with deliveries as (select table_name from metrics.metric_lineage where metric_code = $metric_code and layer = 'delivery'),
    files as (
        select loads.*, later.loaded_at as superseded_at
        from metrics.loads as loads
        left join metrics.loads as later on loads.superseded_by_load_id = later.load_id
        where loads.status = 'loaded' and loads.source || '/' || loads.entity in (select table_name from deliveries)
    )
"""
IN_FORCE = "loaded_at <= $ended_at and (superseded_at is null or superseded_at > $ended_at)"


def collect(connection: duckdb.DuckDBPyConnection, place: Place, known_on: date | None = None, with_records: bool = True) -> Provenance:
    """Everything behind the value at a place: the one shown now, or the one that was known on a day.

    The connection sees a publication's tables as `metrics.*` and `marts.*`, or what a role may see of them; without `with_records`
    no mart is read. Raises MetricsError when there is no value at the place, duckdb.CatalogException when the publication is older
    than the tables read here.
    """
    value, version, run_id = _value(connection, place, known_on)
    run = _run(connection, run_id)
    at = {"metric_code": place.metric_code, "ended_at": run.ended_at or datetime.max}
    files = _rows(
        connection, File, f"{FILES} select {{}} from files where {IN_FORCE} order by delivered_date desc, file", at, file_sha256="sha256"
    )
    (since,) = connection.execute(f"{FILES} select count(*) from files where loaded_at > $ended_at", at).fetchone()
    code = {"metric_code": place.metric_code}
    checks = _rows(
        connection,
        Check,
        f"{JUDGED} select {{}} from judged where metric_code = $metric_code and expectation is not null "
        "order by status = 'passed', table_name, column_name, expectation",
        code,
    )
    quarantine = _rows(
        connection,
        Quarantined,
        """
        select {} from metrics.quarantine_summary
        where source || '/' || entity in (
            select table_name from metrics.metric_lineage where metric_code = $metric_code and layer = 'delivery'
        )
        order by status <> 'open', source, entity, rule, column_name, status
        """,
        code,
    )
    published = (value.value, value.numerator, value.denominator)
    behind = records_behind(connection, place, version, published) if with_records else Behind(obstacle="not_allowed")
    publication = _rows(connection, Publication, "select {} from metrics.publication", {})[0]
    definition = _definition(connection, place.metric_code, version)
    return Provenance(place, publication, definition, value, run, files, since, checks, quarantine, behind)


def _value(connection: duckdb.DuckDBPyConnection, place: Place, known_on: date | None) -> tuple[Value, int, str]:
    columns = "value, numerator, denominator, is_complete_period, trust, known_from"
    known = f" and {KNOWN}" if known_on else " and known_to is null"
    row = connection.execute(
        f"""
        with ledger as (
            select * exclude (period_start_date), null::date as known_to from metrics.metric_values where {AT}
            union all by name
            select * exclude (period_start_date, superseded_by_run_id, restatement_id) from metrics.superseded_values where {AT}
        )
        select {columns}, known_to, (select min(known_from) from ledger), version, run_id
        from ledger where is_in_force{known} order by version desc, known_from desc
        """,
        place.parameters | ({"known_on": known_on} if known_on else {}),
    ).fetchone()
    if row is None:
        day = f" that was known on {known_on}" if known_on else ""
        raise MetricsError(f"metric {place.metric_code} has no value{day} for the {place.grain} that ends on {place.period_end_date}")
    *value, version, run_id = row
    return Value(*value), version, run_id


def _run(connection: duckdb.DuckDBPyConnection, run_id: str) -> Run:
    found = _rows(connection, Run, "select {} from metrics.runs where run_id = $run_id", {"run_id": run_id})
    return found[0] if found else Run(run_id, None, None, "unknown", None, None)


def _definition(connection: duckdb.DuckDBPyConnection, code: str, version: int) -> Definition:
    return _rows(
        connection,
        Definition,
        """
        select {} from (
            select catalogue.name_zh, catalogue.name_en, catalogue.unit, catalogue.format,
                versions.* exclude (metric_code, valid_to), formulas.value_expression as formula
            from metrics.metric_versions as versions
            inner join metrics.metric_catalogue as catalogue on versions.metric_code = catalogue.metric_code
            left join metrics.metric_formulas as formulas
                on versions.metric_code = formulas.metric_code and versions.version = formulas.version
            where versions.metric_code = $code and versions.version = $version
        )
        """,
        {"code": code, "version": version},
    )[0]


def _rows(
    connection: duckdb.DuckDBPyConnection, kind: type[Row], query: str, parameters: dict[str, Any], **renamed: str
) -> tuple[Row, ...]:
    """The rows of a query, whose `{}` stands for the columns that a data class has as fields; `renamed`: column=field."""
    columns = {field: column for column, field in renamed.items()}
    fields = [columns.get(name, name) for name in kind.__dataclass_fields__]
    return tuple(kind(*row) for row in connection.execute(query.format(", ".join(fields)), parameters).fetchall())
