"""The only door to the published database: read-only, follows new publications, enforces the access policy.

To ask something new, drop `questions/<name>.sql` with `$named` parameters and call `ask("<name>", ...)`.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from dashboards.access import RELATIONS, SCOPE_STATEMENTS, AccessRule, record_view_statement, view_statement
from metrics_dictionary.ledger.picture import picture_views
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.provenance.collecting import Provenance, collect
from metrics_dictionary.provenance.places import Place
from metrics_dictionary.provenance.records import Source, read_records

QUESTIONS = Path(__file__).parent / "questions"
ATTEMPTS = 40
PAUSE_SECONDS = 0.05
KEPT_ANSWERS = 600
EXPORTED_RECORDS = 100_000
# The role's views as they are now stand in `main`; those of an earlier day, over them, in this schema under the same names.
NOW, THEN = "main", "as_known"


class PublishedDataError(Exception):
    """Published data cannot be shown. `reason` is a key of the texts (`error.<reason>`), `where` what it is about."""

    def __init__(self, reason: str, where: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {where}. {detail}".strip())
        self.reason = reason
        self.where = where
        self.detail = detail


class PublishedData:
    """One publication as one role sees it. Safe to use from several threads; answers are kept while it lives."""

    def __init__(self, database: Path, role: str) -> None:
        """Open a published file. Raises duckdb.Error when it cannot be read, PublishedDataError for an unknown role."""
        self.database = database
        self.known_on: date | None = None
        self._answers: OrderedDict[tuple, pd.DataFrame] = OrderedDict()
        self._lock = threading.Lock()
        self._connection = duckdb.connect(":memory:")
        path = str(database).replace("'", "''")
        self._connection.execute(f"attach '{path}' as published (read_only)")
        self.rule = self._read_rule(role)
        self._create_views()
        self._connection.execute("set enable_external_access = false; set lock_configuration = true")

    def _read_rule(self, role: str) -> AccessRule:
        row = self._connection.execute(
            "select role, subjects, organisation_scope, may_drill, may_export from published.metrics.access_policy where role = $role",
            {"role": role},
        ).fetchone()
        if row is None:
            raise PublishedDataError("unknown_role", role)
        return AccessRule(row[0], tuple(row[1]), tuple(row[2]), bool(row[3]), bool(row[4]))

    def _create_views(self) -> None:
        scope = {"subjects": list(self.rule.subjects), "organisation_scope": list(self.rule.organisation_scope)}
        for statement in SCOPE_STATEMENTS.split(";\n"):
            if statement.strip():
                used = {name: value for name, value in scope.items() if f"${name}" in statement}
                self._connection.execute(statement, used)
        published = self._connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'published' "
            "union all select schema_name, view_name from duckdb_views() where database_name = 'published'"
        ).fetchall()
        for name, relation in RELATIONS.items():
            if (relation.schema, name) in published:
                self._connection.execute(view_statement(name, relation, self.rule))
        self._create_record_views()
        self.has_ledger = ("metrics", "superseded_values") in published
        if self.has_ledger:
            for statement in picture_views(THEN, NOW):
                self._connection.execute(statement)

    def _create_record_views(self) -> None:
        """The same views, and those of records, under the schemas that the dictionary's own questions name."""
        self._connection.execute("create schema metrics; create schema marts")
        seen = {name for (name,) in self._connection.execute("select view_name from duckdb_views() where not internal").fetchall()}
        for name, relation in RELATIONS.items():
            if relation.schema == "metrics" and name in seen:
                self._connection.execute(f"create view metrics.{name} as from main.{name}")
        marts = self._connection.execute(
            """
            select table_name, list(column_name) from duckdb_columns()
            where database_name = 'published' and schema_name = 'marts' group by table_name
            """
        ).fetchall()
        for table, columns in marts:
            self._connection.execute(record_view_statement(table, set(columns), self.rule))

    def as_known_on(self, day: date | None) -> PublishedData:
        """The same publication and role, but values and statuses as they were known on a day; without a day, as they are now."""
        then = copy(self)
        then.known_on = day
        return then

    def days_published(self) -> list[date]:
        """The days whose data something was published of, the latest first; only the latest where there is no ledger."""
        if not self.has_ledger:
            return [self.publication()["as_of_date"].date()]
        return self.ask("publication_days")["published_on"].dt.date.tolist()

    def ask(self, question: str, **parameters: Any) -> pd.DataFrame:
        """The answer to `questions/<question>.sql`, within what the role may see, as known on the day set or now.

        Raises PublishedDataError (`incomplete`) when this publication lacks a table the question needs.
        """
        key = (question, self.known_on, *sorted((name, str(value)) for name, value in parameters.items()))
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key].copy(deep=False)
        with self._asking(question) as cursor:
            answer = cursor.execute(question_text(question), parameters).df()
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return answer.copy(deep=False)

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        if self.known_on is not None:
            cursor.execute("set variable known_on = $day::date", {"day": self.known_on})
            cursor.execute(f"set search_path = '{THEN},{NOW}'")
        return cursor

    def publication(self) -> dict[str, Any]:
        """The one row that says which version is shown, as of which date, and whether its data are simulated."""
        return self.ask("publication").iloc[0].to_dict()

    def export(self, question: str, **parameters: Any) -> bytes:
        """The answer as CSV, UTF-8 marked for spreadsheets. Raises PublishedDataError where the role may not export."""
        if not self.rule.may_export:
            raise PublishedDataError("no_export", self.rule.role)
        return _as_csv(self.ask(question, **parameters))

    def provenance(self, place: Place) -> Provenance:
        """Where the value at a place comes from, as known on the day set or now; without the right to drill, no records.

        Raises PublishedDataError (`incomplete`) when this publication lacks a table that is needed.
        """
        with self._asking("provenance") as cursor:
            return collect(cursor, place, self.known_on, with_records=self.rule.may_drill)

    def records(self, source: Source, limit: int) -> pd.DataFrame:
        """At most `limit` records behind a value, masked. Raises PublishedDataError (`no_drill`) where the role may not see them."""
        if not self.rule.may_drill:
            raise PublishedDataError("no_drill", self.rule.role)
        with self._asking(source.table_name) as cursor:
            columns, rows = read_records(cursor, source, limit)
        return pd.DataFrame(rows, columns=columns)

    def export_records(self, source: Source) -> bytes:
        """The records behind a value as CSV, masked. Raises PublishedDataError where the role may not drill or export."""
        if not self.rule.may_export:
            raise PublishedDataError("no_export", self.rule.role)
        return _as_csv(self.records(source, EXPORTED_RECORDS))

    @contextmanager
    def _asking(self, question: str) -> Iterator[duckdb.DuckDBPyConnection]:
        try:
            yield self._cursor()
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise PublishedDataError("incomplete", f"{self.database}, {question}", str(error)) from error


def _as_csv(answer: pd.DataFrame) -> bytes:
    for column in answer.select_dtypes(include=["object", "string"]):
        answer[column] = answer[column].map(_without_formula)
    return answer.to_csv(index=False).encode("utf-8-sig")


def _without_formula(cell: Any) -> Any:
    """A text a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


@cache
def question_text(question: str) -> str:
    """The SQL of one question."""
    return (QUESTIONS / f"{question}.sql").read_text(encoding="utf-8")


_open: dict[str, PublishedData] = {}
_open_lock = threading.Lock()


def current_database(folder: DataFolder) -> Path:
    """The file behind `published/current` at this moment. Raises PublishedDataError (`missing`) when there is none."""
    try:
        return folder.published_database.resolve(strict=True)
    except OSError as error:
        raise PublishedDataError("missing", str(folder.published), str(error)) from error


def open_published(role: str, folder: DataFolder | None = None) -> PublishedData:
    """The publication shown now, as `role` sees it; the same object until another version is shown.

    A publication may move the link, and remove old versions, at any moment: then the new one is opened.
    Raises PublishedDataError: `missing`, `unreadable` or `unknown_role`.
    """
    folder = folder or DataFolder.from_environment()
    failure: PublishedDataError | None = None
    for _ in range(ATTEMPTS):
        try:
            database = current_database(folder)
            with _open_lock:
                known = _open.get(role)
                if known is None or known.database != database:
                    known = _open[role] = PublishedData(database, role)
                return known
        except duckdb.CatalogException as error:
            raise PublishedDataError("unreadable", str(folder.published_database), str(error)) from error
        except duckdb.Error as error:
            failure = PublishedDataError("unreadable", str(folder.published_database), str(error))
        except PublishedDataError as error:
            if error.reason != "missing" or not os.path.lexists(folder.current_publication):
                raise
            failure = error
        time.sleep(PAUSE_SECONDS)
    raise failure or PublishedDataError("missing", str(folder.published))
