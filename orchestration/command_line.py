"""`zhicang`: load deliveries, look after quarantine and contracts."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.table import Table

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from metrics_dictionary.locks import PipelineBusyError, pipeline_lock
from orchestration.lib import quarantine as shelf
from orchestration.lib.contract_rendering import rendered_files, write_rendered_files
from orchestration.lib.contracts import ContractError, all_contracts
from orchestration.lib.dagster_home import prepare_home
from orchestration.lib.dbt_project import use_folder
from orchestration.lib.loading import load_pending
from orchestration.lib.publishing import RollbackError, publications, rollback
from orchestration.lib.raw_database import open_raw_database
from orchestration.run_pipeline import execute

app = typer.Typer(help="Load deliveries, look after quarantine and contracts.", no_args_is_help=True)
contracts_app = typer.Typer(help="What each delivery must look like.", no_args_is_help=True)
quarantine_app = typer.Typer(help="Rows that broke their contract.", no_args_is_help=True)
app.add_typer(contracts_app, name="contracts")
app.add_typer(quarantine_app, name="quarantine")
scorecard_app = typer.Typer(help="The credit scorecard.", no_args_is_help=True)
app.add_typer(scorecard_app, name="scorecard")
# A pipe or a file gets whole lines; only a terminal folds them to its width.
console = Console(width=None if sys.stdout.isatty() else 240)
errors = Console(stderr=True)

EntityOption = Annotated[list[str] | None, typer.Option("--entity", help="source/entity; may be given more than once.")]


def new_run_id() -> str:
    """An id of a run that sorts by time."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn errors a user can act on into one line and exit code 1."""
    try:
        yield
    except (PipelineBusyError, ContractError, shelf.CorrectionFileError, RollbackError, duckdb.Error, ValueError) as error:
        errors.print(f"[red]error:[/red] {error}", markup=True, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from error


@contextmanager
def _raw(purpose: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The raw database, with the folder held for writing."""
    folder = DataFolder.from_environment()
    with pipeline_lock(folder, purpose):
        connection = open_raw_database(folder)
        try:
            yield connection
        finally:
            connection.close()


def _table(headings: list[str], rows: list[tuple], title: str) -> None:
    table = Table(*headings, title=title, title_justify="left")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(table)


@app.command()
def load(
    entity: EntityOption = None,
    delivered_date: Annotated[list[str] | None, typer.Option("--date", help="Delivery date, YYYY-MM-DD; may be repeated.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print the last line only.")] = False,
) -> None:
    """Load what is pending in the landing zone into raw."""

    def say(stage: str, subject: str) -> None:
        if not quiet and stage in ("listed", "committed", "replayed"):
            console.print(f"{stage:>10}  {subject}", highlight=False)

    folder = DataFolder.from_environment()
    with _plain_errors(), pipeline_lock(folder, "zhicang load"):
        dates = [date.fromisoformat(text) for text in delivered_date] if delivered_date else None
        results = load_pending(folder, new_run_id(), entities=entity, delivered_dates=dates, progress=say)
    parked = [result for result in results if result.status == "parked"]
    for result in parked:
        errors.print(f"parked {result.file}: {result.reason}: {result.detail}", highlight=False, soft_wrap=True)
    loaded = [result for result in results if result.status == "loaded"]
    console.print(
        f"{len(loaded)} file(s) loaded: {sum(r.rows_read for r in loaded)} rows read,"
        f" {sum(r.rows_loaded for r in loaded)} loaded, {sum(r.rows_quarantined for r in loaded)} quarantined;"
        f" {len(parked)} file(s) parked.",
        soft_wrap=True,
    )


@app.command()
def loads(
    status: Annotated[str | None, typer.Option(help="loaded, parked or unchanged.")] = None,
    entity: Annotated[str | None, typer.Option(help="source/entity.")] = None,
    limit: Annotated[int, typer.Option(help="Number of entries, newest first.")] = 50,
) -> None:
    """Show the ledger of files."""
    query = """
        select load_id, file, status, rows_read, rows_loaded, rows_quarantined, reason, detail, superseded_by_load_id
        from meta.loads
        where ($status is null or status = $status) and ($entity is null or source || '/' || entity = $entity)
        order by load_id desc limit $limit"""
    with _plain_errors(), _raw("zhicang loads") as connection:
        rows = connection.execute(query, {"status": status, "entity": entity, "limit": limit}).fetchall()
    headings = ["load", "file", "status", "read", "loaded", "quarantined", "reason", "detail", "superseded by"]
    _table(headings, rows, f"{len(rows)} entries of the ledger of files, newest first")


@contracts_app.command("list")
def contracts_list() -> None:
    """Show every contract in loading order."""
    with _plain_errors():
        rows = [(c.path, c.name.zh, c.delivery, ", ".join(c.key), c.business_date, len(c.columns)) for c in all_contracts().values()]
    _table(["entity", "名称", "delivery", "key", "business date", "columns"], rows, f"{len(rows)} contracts")


@contracts_app.command("render")
def contracts_render() -> None:
    """Write the files that follow from the contracts."""
    with _plain_errors():
        changed = write_rendered_files()
    for path in changed:
        console.print(f"wrote {path.relative_to(PROJECT_ROOT)}")
    console.print(f"{len(changed)} file(s) written.")


@contracts_app.command("check")
def contracts_check() -> None:
    """Fail when a contract cannot be read or a rendered file differs from its contract."""
    with _plain_errors():
        different = [p for p, text in rendered_files().items() if not p.exists() or p.read_text(encoding="utf-8") != text]
    for path in different:
        errors.print(f"{path.relative_to(PROJECT_ROOT)} differs from the contracts. Run `zhicang contracts render`.")
    if different:
        raise typer.Exit(1)
    console.print(f"{len(all_contracts())} contracts, rendered files agree.")


def _filter(entity: str | None, rule: str | None, load_id: int | None, status: str | None) -> shelf.QuarantineFilter:
    if entity is not None and entity not in all_contracts():
        raise ValueError(f"no contract describes {entity}. `zhicang contracts list` shows those there are.")
    source, name = entity.split("/") if entity else (None, None)
    return shelf.QuarantineFilter(source, name, rule, load_id, status=None if status == "any" else status)


OneEntity = Annotated[str | None, typer.Option("--entity", help="source/entity.")]
RuleOption = Annotated[str | None, typer.Option(help="Rule that was broken, for example unknown_reference.")]
LoadOption = Annotated[int | None, typer.Option("--load", help="Load id, see `zhicang loads`.")]
StatusOption = Annotated[str, typer.Option(help="open, replayed, superseded or any.")]


@quarantine_app.command("list")
def quarantine_list(
    entity: OneEntity = None,
    rule: RuleOption = None,
    load_id: LoadOption = None,
    status: StatusOption = "open",
    rows: Annotated[int, typer.Option(help="Show this many single rows instead of counts.")] = 0,
) -> None:
    """Show what is in quarantine, counted by rule or row by row. Rows may show personal data."""
    with _plain_errors(), _raw("zhicang quarantine list") as connection:
        chosen = _filter(entity, rule, load_id, status)
        if rows:
            found = [row[:1] + row[3:9] for row in shelf.list_rows(connection, chosen, rows)]
            headings = ["id", "entity", "file", "row", "rule", "column", "value"]
        else:
            found = shelf.summarise(connection, chosen)
            headings = ["source", "entity", "rule", "column", "rows", "files", "one value"]
    _table(headings, found, f"quarantine, status {status}")


@quarantine_app.command("export")
def quarantine_export(
    target: Annotated[Path, typer.Argument(help="File to write, .csv or .jsonl; it holds personal data.")],
    entity: OneEntity = None,
    rule: RuleOption = None,
    load_id: LoadOption = None,
    status: StatusOption = "open",
) -> None:
    """Write quarantined rows with their whole records to a file, to be corrected and replayed."""
    with _plain_errors(), _raw("zhicang quarantine export") as connection:
        count = shelf.export_rows(connection, _filter(entity, rule, load_id, status), target)
    console.print(f"{count} row(s) written to {target}.")


@quarantine_app.command("replay")
def quarantine_replay(
    entity: OneEntity = None,
    rule: RuleOption = None,
    load_id: LoadOption = None,
    corrected: Annotated[Path | None, typer.Option("--from", help="An exported file with corrected records.")] = None,
) -> None:
    """Judge open rows again under the present contracts and references; good ones move to raw."""
    run_id, tried, loaded = new_run_id(), 0, 0
    with _plain_errors(), _raw("zhicang quarantine replay") as connection:
        _filter(entity, rule, load_id, None)
        if corrected:
            shelf.read_corrections(connection, corrected)
        for path, contract in all_contracts().items():
            if entity in (None, path):
                result = shelf.replay(connection, contract, run_id, rule=rule, load_id=load_id, corrected=corrected is not None)
                tried, loaded = tried + result.rows_tried, loaded + result.rows_loaded
    console.print(f"{tried} row(s) judged again, {loaded} moved to raw, {tried - loaded} stay in quarantine.")


@app.command("publications")
def list_publications() -> None:
    """The versions that are kept, and which one is shown."""
    for publication in publications(DataFolder.from_environment()):
        console.print(f"{'shown ' if publication.is_current else '      '} {publication.version}", highlight=False)


@app.command("rollback")
def show_earlier(version: Annotated[str | None, typer.Argument(help="A version; without it the one before the one shown.")] = None) -> None:
    """Show an earlier version. The next pipeline run shows its own again."""
    with _plain_errors():
        folder = DataFolder.from_environment()
        with pipeline_lock(folder, "rollback"):
            console.print(f"shown: {rollback(folder, version).version}", highlight=False)


@scorecard_app.command("train")
def train_scorecard() -> None:
    """Train a candidate scorecard on the loaded borrowers, through Dagster; it is written beside the data, never over the seed."""
    folder = DataFolder.from_environment()
    prepare_home(folder)
    if not execute("scorecard"):
        raise typer.Exit(1)
    console.print(f"candidates lie in {folder.root / 'scorecards'}; docs/runbooks/scorecard.md says how to judge one", highlight=False)


@app.command("dagster")
def web_interface(port: Annotated[int, typer.Option(help="Port on loopback.")] = 3000) -> None:
    """Dagster's web interface over this data folder: assets, checks, run history."""
    folder = DataFolder.from_environment()
    prepare_home(folder)
    use_folder(folder)
    dagster = str(Path(sys.executable).with_name("dagster"))
    command = [dagster, "dev", "--module-name", "orchestration.definitions", "--host", "127.0.0.1", "--port", str(port)]
    console.print(f"Dagster over {folder.root} on http://127.0.0.1:{port} (starts in about 30 seconds)", highlight=False)
    os.execv(dagster, command)  # noqa: S606


if __name__ == "__main__":
    app()
