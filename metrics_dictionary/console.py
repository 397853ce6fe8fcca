"""How the commands speak: options that several of them take, rows as tables, CSV or JSON, and errors as one line."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from metrics_dictionary.errors import MetricsError


class Language(StrEnum):
    """Languages of names and definitions."""

    ZH = "zh"
    EN = "en"


class OutputFormat(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


Lang = Annotated[Language, typer.Option("--lang", help="Language of names and definitions.")]
Format = Annotated[OutputFormat, typer.Option("--format", help="How to print.")]
Database = Annotated[Path | None, typer.Option(help="A published database; default: the one that is current.")]


def plainly_exiting(code: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Print a MetricsError as one line and exit with `code`, instead of a stack trace."""

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def wrapped(*arguments: Any, **options: Any) -> None:
            try:
                command(*arguments, **options)
            except MetricsError as error:
                typer.echo(f"metrics: {error}", err=True)
                raise typer.Exit(code) from error

        return wrapped

    return decorated


plainly = plainly_exiting(1)


def print_rows(columns: list[str], rows: list[tuple[Any, ...]], output_format: OutputFormat) -> None:
    """Print rows under their column names."""
    if output_format is OutputFormat.CSV:
        writer = csv.writer(sys.stdout)
        writer.writerow(columns)
        writer.writerows(rows)
    elif output_format is OutputFormat.JSON:
        typer.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, default=_json_value))
    else:
        table = Table(*columns, box=None, header_style="bold")
        for row in rows:
            table.add_row(*("" if value is None else str(value) for value in row))
        Console(width=None if sys.stdout.isatty() else 240).print(table)
    if not rows:
        typer.echo("no rows", err=True)


def _json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else float(value)
