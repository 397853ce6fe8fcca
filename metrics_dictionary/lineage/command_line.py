"""The command `metrics trace`: where a number comes from, what depends on a column, and the expression at every hop."""

from __future__ import annotations

from typing import Annotated

import typer

from metrics_dictionary.console import Format, OutputFormat, plainly, print_rows
from metrics_dictionary.definitions import Dictionary, find_manifest
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.lineage.graph import Lineage, read_lineage
from metrics_dictionary.lineage.project import Edge
from metrics_dictionary.lineage.relations import Column
from metrics_dictionary.locations import DataFolder

HEADINGS = ["hops", "layer", "from", "use", "to", "expression"]


@plainly
def trace(
    name: Annotated[str, typer.Argument(help="A metric's code, a column such as fct_policies.premium_amount, or a table (its rows).")],
    column: Annotated[str | None, typer.Option("--column", help="Only what leads through this column.")] = None,
    up: Annotated[bool, typer.Option("--up/--down", help="Where it comes from, or what depends on it.")] = True,
    output_format: Format = OutputFormat.TABLE,
) -> None:
    """Trace a metric or column: every hop with its use (value, filter, join, group, rows) and SQL expression, nearest first.

    `*` stands for which rows a table has. As dbt last compiled the models; what could not be resolved is listed at the end.
    """
    folder = DataFolder.from_environment()
    manifest = find_manifest(folder)
    lineage = read_lineage(Dictionary(manifest), manifest, folder.cache / "lineage")
    rows = hops(lineage, lineage.column(name), lineage.column(column) if column else None, up)
    print_rows(HEADINGS, [_row(lineage, distance, edge, output_format) for distance, edge in rows], output_format)
    if lineage.project.unresolved:
        typer.echo(f"{len(lineage.project.unresolved)} not resolved, so that what stands on them may be missing above:", err=True)
        for table, reason in lineage.project.unresolved:
            typer.echo(f"  {table}: {reason}", err=True)


def hops(lineage: Lineage, start: Column, through: Column | None, up: bool) -> list[tuple[int, Edge]]:
    """The edges between `start` and everything above or below it, with their distance, nearest first.

    With `through` only those on a path that leads through that column. Raises MetricsError when no path does.
    """
    reach, neighbours = (lineage.upstream, lineage.into) if up else (lineage.downstream, lineage.out_of)
    distances = reach([start])
    kept = set(distances)
    if through is not None:
        if through not in distances:
            raise MetricsError(f"{start} does not {'depend on' if up else 'reach'} {through}; see 'metrics trace {_typed(start)}'")
        kept &= {*lineage.upstream([through]), *lineage.downstream([through])}
    found = [
        (distances[near], edge)
        for near in distances
        if near in kept
        for edge in neighbours.get(near, ())
        if (edge.source if up else edge.target) in kept
    ]
    return sorted(found, key=lambda hop: (hop[0], hop[1].target, hop[1].source, hop[1].use))


def _typed(column: Column) -> str:
    return column.name if column.table == "metric" else str(column)


def _row(lineage: Lineage, distance: int, edge: Edge, output_format: OutputFormat) -> tuple[object, ...]:
    expression = "; ".join(edge.expressions)
    if output_format is OutputFormat.TABLE and len(expression) > 90:
        expression = expression[:87] + "..."
    return distance + 1, lineage.layer(edge.source.table), str(edge.source), edge.use, str(edge.target), expression
