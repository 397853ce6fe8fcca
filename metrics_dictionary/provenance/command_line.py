"""The command `metrics provenance`: where one published number comes from, down to the records behind it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import duckdb
import typer

from metrics_dictionary.console import Database, Format, Lang, Language, OutputFormat, plainly, print_rows
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.filters import read_period
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.provenance.collecting import Provenance, Run, collect
from metrics_dictionary.provenance.places import find_place
from metrics_dictionary.provenance.records import Source, Term, read_records
from metrics_dictionary.query import open_database

SHOWN_FILES = 10
OBSTACLES = {
    "joins": "its rows are joined with {detail}",
    "windows": "its rows depend on each other ({detail})",
    "grouping": "its rows are counted in groups ({detail})",
    "mixture": "one row mixes several counts ({detail})",
    "unpublished": "its rows come from {detail}, which is not published",
    "not_compiled": "the compiled model was not at hand when this was published",
    "not_a_sum": "it is not a sum of records",
    "snapshot": "it counts what stood on one day, which its model works out from movements",
    "differ": "the records found do not make the same",
}


@plainly
def provenance(
    code: Annotated[str, typer.Argument(help="Metric code.")],
    period: Annotated[str, typer.Argument(help="2022, 2022-Q1, 2022-05 or 2022-05-17.")],
    by: Annotated[list[str] | None, typer.Option("--by", help="The cut: organisation=LIFE_BJ. May be repeated.")] = None,
    window: Annotated[str | None, typer.Option(help="rolling_12 or year_to_date, ending with the month.")] = None,
    as_known_on: Annotated[str | None, typer.Option("--as-known-on", help="The value as published then, from the ledger.")] = None,
    records: Annotated[int, typer.Option(min=0, help="Records to print of each term.")] = 10,
    lang: Lang = Language.EN,
    output_format: Format = OutputFormat.TABLE,
    database: Database = None,
) -> None:
    """Show where one published number comes from: definition, run, commit, files, checks, quarantine, and the records behind it.

    Identifying columns of records are masked. CSV prints the records only.
    """
    try:
        with open_database(database or DataFolder.from_environment().published_database) as connection:
            found = collect(connection, find_place(connection, code, period, by or (), window), _known_on(as_known_on))
            tables = [(s, *read_records(connection, s, records)) for term in found.behind.terms for s in term.shown] if records else []
    except duckdb.BinderException as error:
        raise MetricsError(
            f"this publication is older than what is read here: {str(error).splitlines()[0]}; run 'make pipeline'"
        ) from error
    if output_format is OutputFormat.TABLE:
        for line in _report(found, lang):
            typer.echo(line)
        for source, columns, rows in tables:
            typer.echo(f"\n{source.term} ({', '.join(source.sides)}): {len(rows)} of {source.row_count:,} rows of {source.table_name}")
            print_rows(columns, rows, OutputFormat.TABLE)
    elif output_format is OutputFormat.CSV:
        columns = ["term", "table_name", *dict.fromkeys(column for _, names, _ in tables for column in names)]
        found_rows = [
            {"term": source.term, "table_name": source.table_name} | dict(zip(names, row, strict=True))
            for source, names, rows in tables
            for row in rows
        ]
        print_rows(columns, [tuple(row.get(column) for column in columns) for row in found_rows], OutputFormat.CSV)
    else:
        typer.echo(json.dumps(_document(found, tables), ensure_ascii=False, default=_json_value))


def _known_on(text: str | None) -> date | None:
    if text is None:
        return None
    first, last = read_period(text)
    if first != last:
        raise MetricsError(f"--as-known-on takes a day such as {last}, not '{text}'")
    return first


def _document(found: Provenance, tables: list[tuple[Source, list[str], list[tuple[Any, ...]]]]) -> dict[str, Any]:
    """Everything as one JSON object; statements are left to their records."""
    document = asdict(found)
    for term in document["behind"]["terms"]:
        for source in (term["mart"], *term["records"]):
            del source["statement"], source["parameters"]
    shown = [
        {"term": s.term, "table_name": s.table_name, "rows": [dict(zip(names, row, strict=True)) for row in rows]}
        for s, names, rows in tables
    ]
    return document | {"records": shown}


def _json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else float(value)


def _report(found: Provenance, lang: Language) -> Iterator[str]:
    place, value, definition, run = found.place, found.value, found.definition, found.run
    cut = ", ".join(f"{part} {code}" for part, code in place.members) or "everything"
    state = "complete" if value.is_complete_period else "still running"
    name = definition.name_zh if lang is Language.ZH else definition.name_en
    yield f"{name} ({place.metric_code}), {place.grain} {place.period_start_date} to {place.period_end_date} ({state}), {cut}"
    yield f"value         {_number(value.value)} {definition.unit}" + (
        f" = {_number(value.numerator)} / {_number(value.denominator)}" if value.denominator is not None else ""
    )
    yield (
        f"known         since {value.known_from}"
        + (f" until {value.known_to}" if value.known_to else "")
        + (f"; first published {value.first_published}" if value.first_published != value.known_from else "")
    )
    yield f"definition    version {definition.version}, valid from {definition.valid_from}: " + (
        definition.definition_zh if lang is Language.ZH else definition.definition_en
    )
    yield f"formula       {definition.formula}"
    yield f"run           {run.run_id}, {run.status}, {_minute(run.started_at)} to {_minute(run.ended_at)} UTC"
    yield f"models        {_commit(run)}"
    yield f"shown by      publication {found.publication.version}, data as of {found.publication.as_of_date}"
    yield f"files         {len(found.files):,}, the last delivered {found.last_delivery}" + (
        f"; {found.files_since:,} more came since and did not change it" if found.files_since and not value.known_to else ""
    )
    for file in found.files[:SHOWN_FILES]:
        yield f"  {file.file}  {file.sha256[:12]}  {file.rows_loaded:,} rows, loaded {_minute(file.loaded_at)} by {file.run_id[:8]}"
    if len(found.files) > SHOWN_FILES:
        yield f"  and {len(found.files) - SHOWN_FILES:,} more (--format json lists all)"
    counts = Counter(check.status for check in found.checks)
    yield f"checks        {', '.join(f'{n:,} {status}' for status, n in counts.items()) or 'none'}; trust: {value.trust}"
    for check in found.failed_checks:
        column = f".{check.column_name}" if check.column_name else ""
        yield f"  {check.status}: {check.table_name}{column} {check.expectation}, {check.rows_failing} rows"
    yield f"quarantine    {found.open_rows:,} rows open"
    for q in found.quarantine:
        yield f"  {q.source}/{q.entity}{f'.{q.column_name}' if q.column_name else ''} {q.rule}: {q.row_count:,} {q.status}"
    yield from _records(found)
    yield "compiled SQL"
    yield from (f"  {line}" for line in definition.definition_sql.splitlines())


def _records(found: Provenance) -> Iterator[str]:
    behind = found.behind
    if behind.obstacle:
        yield f"records       cannot be named: {behind.obstacle}"
        return
    verdict = "yes" if behind.reproduces else f"no, they make {_number(behind.value)}, difference {_number(behind.difference)}"
    yield f"records       {behind.row_count:,}; they reproduce the value: {verdict}"
    if found.value.known_to and not behind.reproduces:
        yield "              marts hold today's rows, not those of the day this value was known on"
    for term in behind.terms:
        yield from (f"  {line}" for line in _term(term))


def _term(term: Term) -> Iterator[str]:
    for source in term.shown:
        yield f"{', '.join(source.sides)}: {source.term}, {source.row_count:,} rows of {source.table_name} make {_number(source.total)}"
    if term.facts and not term.records:
        why = OBSTACLES.get(term.obstacle or "", term.obstacle or "").format(detail=term.obstacle_detail)
        part = f"; what can be told apart makes {_number(term.fact_total)}" if term.fact_total is not None else ""
        yield f"  finer records lie in {', '.join(term.facts)}, and cannot be named row by row: {why}{part}"


def _commit(run: Run) -> str:
    project = f"project {run.project_hash[:12]}" if run.project_hash else "project not recorded"
    if run.git_commit is None:
        return f"working copy, no commit; {project}"
    return (
        f"working copy changed since commit {run.git_commit[:-1]}; {project}"
        if run.is_working_copy
        else f"commit {run.git_commit}; {project}"
    )


def _number(value: float | None) -> str:
    return "none" if value is None else f"{round(value, 12):,.6g}" if abs(value) < 1000 else f"{value:,.2f}"


def _minute(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "not recorded"
