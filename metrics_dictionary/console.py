"""How the commands of the dictionary speak to a person."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from metrics_dictionary.errors import MetricsError


def plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Print a MetricsError as one line and exit with 1, instead of a stack trace."""

    @wraps(command)
    def wrapped(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except MetricsError as error:
            typer.echo(f"metrics: {error}", err=True)
            raise typer.Exit(1) from error

    return wrapped
