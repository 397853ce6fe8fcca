"""The commands of the ledger: `metrics explain`, `metrics restatements list`, `metrics restatements accept`."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Annotated

import typer

from metrics_dictionary.console import Database, Format, OutputFormat, plainly, print_rows
from metrics_dictionary.ledger.movement import Contribution, Movement, explain_movement
from metrics_dictionary.ledger.restatements import accept, restatements
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.query import open_database

restatement_app = typer.Typer(help="Finished values that a later publication changed: see them, accept them.", no_args_is_help=True)


class ComparedWith(StrEnum):
    """What a value is compared with."""

    PREVIOUS = "previous"
    YEAR_AGO = "year_ago"


class Status(StrEnum):
    """Where a restatement stands."""

    OPEN = "open"
    ACCEPTED = "accepted"


@plainly
def explain(
    code: Annotated[str, typer.Argument(help="Metric code.")],
    period: Annotated[str, typer.Argument(help="2022, 2022-Q1, 2022-05 or 2022-05-17.")],
    against: Annotated[ComparedWith, typer.Option(help="The period before, or the same period a year ago.")] = ComparedWith.PREVIOUS,
    top: Annotated[int, typer.Option(min=1, help="Members to show of each dimension.")] = 5,
    database: Database = None,
) -> None:
    """Say what moved a value: numerator and denominator, every dimension's members, and earlier published values with their causes."""
    with open_database(database or DataFolder.from_environment().published_database) as connection:
        movement = explain_movement(connection, code, period, against.value)
        (unit,) = connection.execute("select unit from metrics.metric_catalogue where metric_code = ?", [code]).fetchone()
    for line in _lines(movement, unit, top):
        typer.echo(line)


@restatement_app.command("list")
@plainly
def list_restatements(
    status: Annotated[Status | None, typer.Option(help="Only open or only accepted ones.")] = None,
    output_format: Format = OutputFormat.TABLE,
    database: Database = None,
) -> None:
    """List restatements, newest first: metric, cause, how many values changed, one of them, who accepted it and why."""
    folder = DataFolder.from_environment()
    with open_database(database or folder.published_database) as connection:
        found = restatements(connection, folder.operations_database, status.value if status else None)
    columns = ["restatement", "metric", "cause", "possible causes", "values", "for example", "status", "accepted by", "reason"]
    rows = [
        (
            r.restatement_id,
            r.metric_code,
            r.cause,
            ", ".join(r.possible_causes),
            r.changed_values,
            r.example,
            r.status,
            r.accepted_by,
            r.accepted_reason,
        )
        for r in found
    ]
    print_rows(columns, rows, output_format)


@restatement_app.command("accept")
@plainly
def accept_restatement(
    identity: Annotated[str, typer.Argument(metavar="RESTATEMENT", help="As `metrics restatements list` shows it.")],
    by: Annotated[str, typer.Option(help="The steward who accepts it.")],
    reason: Annotated[str, typer.Option(help="Why the new values are right.")],
    cause: Annotated[str | None, typer.Option(help="The cause, where the derived one is not it.")] = None,
    database: Database = None,
) -> None:
    """Accept a restatement; the next publication shows it."""
    folder = DataFolder.from_environment()
    with open_database(database or folder.published_database) as connection:
        accept(connection, folder.operations_database, identity, by, reason, cause)
    typer.echo(f"{identity} accepted by {by}")


def _lines(movement: Movement, unit: str, top: int) -> list[str]:
    lines = [
        f"{movement.metric_code}, {movement.grain} from {movement.period_start_date}: {_number(movement.value)} {unit}",
        f"{movement.grain} from {movement.before_start_date}: {_number(movement.before)}"
        + (f", change {_signed(movement.value - movement.before)}" if None not in (movement.value, movement.before) else ""),
    ]
    if movement.numerator_effect is not None:
        lines.append(f"of the change, numerator {_signed(movement.numerator_effect)}, denominator {_signed(movement.denominator_effect)}")
    for dimension, members in groupby(movement.contributions, key=lambda c: c.dimension):
        shown = list(members)
        note = "" if shown[0].change is not None else " (members do not add up; each one's own values)"
        lines.append(f"by {dimension}{note}")
        lines += [f"  {_contribution(c)}" for c in shown[:top]]
        if len(shown) > top:
            lines.append(f"  and {len(shown) - top} more")
    lines.append("earlier published values" if movement.history else "no other value was ever published for this period")
    for old in movement.history:
        why = f"{old.cause} ({old.restatement_id})" if old.cause else "the period was still running"
        said = f": {old.reason}" if old.reason else ""
        lines.append(f"  {_number(old.value)}, known from {_day(old.known_from)} to {_day(old.known_to)}, replaced because of {why}{said}")
    return lines


def _contribution(c: Contribution) -> str:
    own = f"{c.member:<24} {_number(c.value_before)} -> {_number(c.value_now)}"
    if c.change is None:
        return own
    parts = f" (own ratio {_signed(c.rate_effect)}, share {_signed(c.mix_effect)})" if c.rate_effect is not None else ""
    return f"{own}, contributes {_signed(c.change)}{parts}"


def _number(value: float | None) -> str:
    return "none" if value is None else f"{round(value, 12):,.6g}" if abs(value) < 1000 else f"{value:,.2f}"


def _signed(value: float) -> str:
    return ("+" if value >= 0 else "") + _number(value)


def _day(day: date) -> str:
    return day.isoformat()
