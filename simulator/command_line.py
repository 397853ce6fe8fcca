"""The command `simulate`: an insurance group's deliveries, deterministic by seed and scale."""

from __future__ import annotations

import contextlib
import time
from datetime import datetime as Day
from pathlib import Path
from typing import Annotated

import typer

from simulator.double11 import write_double11
from simulator.double11_profile import Rush, parse_scale
from simulator.engine import SIZES, Plan, build_world
from simulator.landing import SCRATCH, clear_folder, write_everything

DAY_FORMATS = ["%Y-%m-%d"]
FIRST_DAY = Day(2014, 1, 1)
AS_OF = Day(2022, 6, 30)
SALE_DAY = Day(2014, 11, 11)

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help="Simulate an insurance group and write its deliveries.")


@app.callback(invoke_without_command=True)
def simulate(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option(help="Folder that gets landing/ and truth/.")] = None,
    scale: Annotated[
        str, typer.Option(help=", ".join(f"{name} ({size:g})" for name, size in SIZES.items()) + ", times the demo.")
    ] = "demo",
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 1,
    first_day: Annotated[Day, typer.Option("--from", formats=DAY_FORMATS, help="First day of history.")] = FIRST_DAY,
    as_of: Annotated[Day, typer.Option("--to", formats=DAY_FORMATS, help="As-of day, the last one delivered.")] = AS_OF,
) -> None:
    """Write DIR/landing (the deliveries) and DIR/truth (what was planted; never loaded)."""
    if context.invoked_subcommand is not None:
        return
    if out is None:
        raise typer.BadParameter("name the folder that gets landing/ and truth/", param_hint="--out")
    started = time.monotonic()
    try:
        plan = Plan(seed=seed, scale=scale, first_day=first_day.date(), as_of=as_of.date())
        clear_folder(out)
        with contextlib.closing(build_world(plan, typer.echo, out / SCRATCH)) as world:
            files = write_everything(world, plan, out, typer.echo)
    except (ValueError, FileExistsError) as error:
        typer.echo(f"simulate: {error}", err=True)
        raise typer.Exit(code=2) from error
    rows = sum(file.rows for file in files)
    typer.echo(f"{rows:,} rows in {len(files)} files under {out / 'landing'} ({time.monotonic() - started:.1f} s)")


@app.command()
def double11(
    out: Annotated[Path, typer.Option(help="Folder that gets landing/.")],
    scale: Annotated[str, typer.Option(help="1:N of 150,000,000 policies, N from 1 to 10000.")] = "1:1000",
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 1,
    day: Annotated[Day, typer.Option(formats=DAY_FORMATS, help="The day of the sale.")] = SALE_DAY,
) -> None:
    """Write one day of return-freight policies and their payments: 150 million at 1:1."""
    try:
        rush = Rush(seed=seed, divisor=parse_scale(scale), day=day.date())
        plan = Plan(seed=seed, scale="small", first_day=FIRST_DAY.date(), as_of=AS_OF.date())
        figures = write_double11(rush, plan, out, typer.echo)
    except (ValueError, FileExistsError) as error:
        typer.echo(f"simulate double11: {error}", err=True)
        raise typer.Exit(code=2) from error
    for line in figures.lines(rush.divisor):
        typer.echo(line)


@app.command()
def plots(
    out: Annotated[Path, typer.Option(help="Folder that gets the pictures.")],
    seed: Annotated[int, typer.Option(help="Same seed, same pictures.")] = 1,
) -> None:
    """Draw how the demo group behaves, as SVG files."""
    from simulator.plots import draw_pictures

    world = build_world(Plan(seed=seed, scale="demo", first_day=FIRST_DAY.date(), as_of=AS_OF.date()), typer.echo)
    for file in draw_pictures(world, out):
        typer.echo(f"drew {file}")


if __name__ == "__main__":
    app()
