"""The command `metrics`: list, show, query, sql, check, parity; trace, impact, provenance; explain, restatements; export, mcp."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from metrics_dictionary.arithmetic import check_arithmetic
from metrics_dictionary.console import Database, Format, Lang, Language, OutputFormat, plainly, print_rows
from metrics_dictionary.definition_files import DEFINITIONS, definition_file_problems
from metrics_dictionary.definitions import Dictionary, find_manifest
from metrics_dictionary.engine import Engine
from metrics_dictionary.errors import MetricsError, unknown_name
from metrics_dictionary.exports.command_line import app as exports
from metrics_dictionary.exports.command_line import serve_assistants
from metrics_dictionary.filters import read_period
from metrics_dictionary.formulas import formula_of
from metrics_dictionary.impact.command_line import impact
from metrics_dictionary.ledger.command_line import explain, restatement_app
from metrics_dictionary.ledger.known import values_as_known
from metrics_dictionary.lineage.command_line import trace
from metrics_dictionary.lints.checks import check_definitions
from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from metrics_dictionary.parity import compare_with_metricflow, values_to_compare
from metrics_dictionary.provenance.command_line import provenance
from metrics_dictionary.query import MetricQuery, Statement, compile_query, open_database, run_query

app = typer.Typer(help="The metrics dictionary: what every metric means, and what it is.", no_args_is_help=True)
app.command()(explain)
app.command()(trace)
app.command()(provenance)
app.command()(impact)
app.add_typer(restatement_app, name="restatements")
app.add_typer(exports, name="export")
app.command("mcp")(serve_assistants)

Codes = Annotated[str, typer.Argument(help="Metric codes, separated by commas.")]
By = Annotated[
    str,
    typer.Option("--by", help="Dimensions to cut by, separated by commas: company, organisation, channel, product, ..."),
]
Grain = Annotated[str, typer.Option("--grain", help="day, month, quarter, year, or all for one value over all time.")]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", help="Filter: organisation=LIFE_BJ, channel!=online, product=A|B, period>=2024-Q1. May be repeated."),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help="Only periods that end on or before this day, from today's data; not what was known on that day (--as-known-on).",
    ),
]


@app.command("list")
@plainly
def list_metrics(
    subject: Annotated[str | None, typer.Option(help="Only metrics of one subject.")] = None, lang: Lang = Language.EN
) -> None:
    """List the metrics of the catalogue."""
    catalogue = _dictionary().catalogue
    subjects = {metric.governance.subject for metric in catalogue.values()}
    if subject and subject not in subjects:
        raise MetricsError(unknown_name("subject", subject, subjects))
    rows = [
        (
            m.governance.subject,
            code,
            m.governance.name_zh if lang is Language.ZH else m.governance.name_en,
            m.governance.unit,
            m.kind,
        )
        for code, m in catalogue.items()
        if subject in {None, m.governance.subject}
    ]
    print_rows(["subject", "code", "name", "unit", "kind"], sorted(rows), OutputFormat.TABLE)


@app.command()
@plainly
def show(code: Annotated[str, typer.Argument(help="Metric code.")], lang: Lang = Language.EN) -> None:
    """Show everything the dictionary says about one metric."""
    dictionary = _dictionary()
    metric = dictionary.metric(code)
    governance = metric.governance.model_dump()
    other = Language.EN if lang is Language.ZH else Language.ZH
    facts = {"code": code, "name": governance.pop(f"name_{lang}"), "definition": governance.pop(f"definition_{lang}")}
    governance.pop(f"name_{other}")
    governance.pop(f"definition_{other}")
    formula = formula_of(metric, dictionary)
    if formula:
        facts["formula"] = formula.value
    facts["measures"] = ", ".join(f"{m.semantic_model}.{m.name} ({m.aggregation})" for m in dictionary.measures_of(metric))
    facts["versions"] = "; ".join(
        f"{v.governance.version} from {v.governance.valid_from} ({v.name}): {v.governance.change_reason}"
        for v in dictionary.versions(metric.code)
    )
    for name, value in (facts | governance).items():
        shown = ", ".join(value) if isinstance(value, tuple) else "" if value is None else value
        typer.echo(f"{name:<17} {shown}")


@app.command()
@plainly
def query(
    codes: Codes,
    by: By = "",
    grain: Grain = "month",
    where: Where = None,
    as_of: AsOf = None,
    as_known_on: Annotated[str | None, typer.Option("--as-known-on", help="The values as published then, from the ledger.")] = None,
    output_format: Format = OutputFormat.TABLE,
    database: Database = None,
) -> None:
    """Compute metrics at any cut from the marts of the published database, or read what was published on a day."""
    path = database or DataFolder.from_environment().published_database
    if as_known_on:
        known_on = _day("--as-known-on", as_known_on)
        with open_database(path) as connection:
            columns, rows = values_as_known(connection, _dictionary(), _request(codes, by, grain, where, as_of), known_on)
    else:
        columns, rows = run_query(_compile(codes, by, grain, where, as_of), path)
    print_rows(columns, rows, output_format)


@app.command()
@plainly
def sql(codes: Codes, by: By = "", grain: Grain = "month", where: Where = None, as_of: AsOf = None) -> None:
    """Print the SQL of a query, and the values of its parameters."""
    statement = _compile(codes, by, grain, where, as_of)
    for name, value in statement.parameters.items():
        typer.echo(f"-- ${name} = {str(value)!r}")
    typer.echo(statement.sql)


@app.command()
@plainly
def check(
    manifest: Annotated[Path | None, typer.Option(help="dbt's manifest.json; default: parsed anew when a definition changed.")] = None,
) -> None:
    """Check every definition: keys, governance, names, formulas, dimensions, targets. Exits with 1 when something is wrong."""
    problems = definition_file_problems()
    if not problems or manifest:
        problems = check_definitions(manifest or _current_manifest())
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        typer.echo(
            f"{len(problems)} problem{'s' if len(problems) != 1 else ''} in {DEFINITIONS.relative_to(PROJECT_ROOT)}",
            err=True,
        )
        raise typer.Exit(1)
    typer.echo("every metric definition is sound")


@app.command()
@plainly
def parity(
    codes: Annotated[str, typer.Argument(help="Metric codes, separated by commas; all when absent.")] = "",
    sample: Annotated[int, typer.Option(min=1, help="Cuts to compare per metric; there are at most 82.")] = 3,
    everything: Annotated[
        bool, typer.Option("--all", help="Every cut; thousands of compilations the first time, remembered then.")
    ] = False,
    database: Database = None,
) -> None:
    """Compare published values with what MetricFlow computes for the same cuts, and with each other.

    One line per check; exits with 1 when a value differs. Values with each other: the parts of sums beside their total,
    quotients beside numerator and denominator; always every row.
    """
    folder = DataFolder.from_environment()
    dictionary, wanted = _dictionary(), _names(codes)
    with (
        open_database((database or folder.published_database).resolve()) as connection,
        Engine(dictionary, folder.compiled / "parity") as engine,
    ):
        day = connection.execute("select as_of_date from metrics.publication").fetchone()[0]
        found = compare_with_metricflow(connection, engine, day, wanted or None, None if everything else sample)
        published = values_to_compare(connection, day)
        checks = check_arithmetic(connection, dictionary)
    for difference in found.differences[:20]:
        typer.echo(str(difference), err=True)
    for example in (example for check in checks for example in check.examples):
        typer.echo(example, err=True)
    is_complete = everything and not wanted
    lines = [
        (
            f"values that differ from MetricFlow's, of {found.values:,} in {found.cuts:,} cuts of {found.metrics} metrics",
            0,
            len(found.differences),
        ),
        *([("values compared of those published for periods that have ended", published, found.values)] if is_complete else []),
        *((f"{check.subject}: that differ, of {check.rebuilt:,} of {check.metrics} metrics", 0, check.differing) for check in checks),
    ]
    for subject, expected, number in lines:
        typer.echo(f"{subject}: expected {expected:,}, found {number:,}{'' if expected == number else '  MISS'}")
    if any(expected != number for _, expected, number in lines):
        raise typer.Exit(1)


def _dictionary() -> Dictionary:
    return Dictionary(find_manifest(DataFolder.from_environment()))


def _current_manifest() -> Path:
    """The manifest of the files as they are now; dbt parses into the cache when the last one is older than a file."""
    folder = DataFolder.from_environment()
    target = folder.cache / "metrics_check"
    found = target / "semantic_manifest.json"
    inputs = [p for room in ("metrics_dictionary/definitions", "models") for p in (PROJECT_ROOT / room).rglob("*") if p.is_file()]
    if not found.exists() or found.stat().st_mtime <= max(p.stat().st_mtime for p in inputs):
        dbt = [str(Path(sys.executable).with_name("dbt")), "--quiet", "parse", "--target-path", str(target)]
        places = ["--project-dir", str(PROJECT_ROOT), "--profiles-dir", str(PROJECT_ROOT)]
        parsed = subprocess.run([*dbt, *places], capture_output=True, text=True, check=False)  # noqa: S603
        if parsed.returncode:
            raise MetricsError(f"dbt cannot parse the project:\n{parsed.stdout}{parsed.stderr}")
    return target / "manifest.json"


def _request(codes: str, by: str, grain: str, where: list[str] | None, as_of: str | None) -> MetricQuery:
    return MetricQuery(
        codes=_names(codes),
        by=_names(by),
        grain=None if grain == "all" else grain,
        where=tuple(where or ()),
        as_of=_day("--as-of", as_of) if as_of else None,
    )


def _compile(codes: str, by: str, grain: str, where: list[str] | None, as_of: str | None) -> Statement:
    with Engine(_dictionary(), DataFolder.from_environment().compiled) as engine:
        return compile_query(_request(codes, by, grain, where, as_of), engine)


def _day(option: str, text: str) -> date:
    first, last = read_period(text)
    if first != last:
        raise MetricsError(f"{option} takes a day such as {last}, not '{text}'")
    return first


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


if __name__ == "__main__":
    app()
