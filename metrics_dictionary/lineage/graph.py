"""The lineage from deliveries to metrics and tiles as one graph: what lies above a column, what lies below it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.errors import MetricsError, unknown_name
from metrics_dictionary.lineage.metrics import METRIC, metric_edges
from metrics_dictionary.lineage.nodes import read_nodes
from metrics_dictionary.lineage.project import Edge, ProjectLineage, project_lineage
from metrics_dictionary.lineage.relations import ROWS, Column


class Lineage:
    """Everything between deliveries and tiles. `project` holds the tables; metrics and tiles stand in the graph as columns.

    A metric is the column `<code>` of the table `metric`, a tile the column `<code>` of the page that shows it; what a page reads
    from a mart directly is the column `<mart>` of the page.
    """

    def __init__(self, project: ProjectLineage, metrics: Iterable[Edge] = (), tiles: Iterable[Edge] = ()) -> None:
        self.project = project
        tiles = list(tiles)
        self.edges = [*project.edges, *metrics, *tiles]
        self.pages = dict.fromkeys(edge.target.table for edge in tiles)

    @cached_property
    def into(self) -> dict[Column, list[Edge]]:
        """The edges that end at a column."""
        found: dict[Column, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.target].append(edge)
        return dict(found)

    @cached_property
    def out_of(self) -> dict[Column, list[Edge]]:
        """The edges that begin at a column."""
        found: dict[Column, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            found[edge.source].append(edge)
        return dict(found)

    @cached_property
    def _sources(self) -> dict[Column, list[Column]]:
        return {target: [edge.source for edge in edges] for target, edges in self.into.items()}

    @cached_property
    def _targets(self) -> dict[Column, list[Column]]:
        return {source: [edge.target for edge in edges] for source, edges in self.out_of.items()}

    @cached_property
    def metrics(self) -> list[str]:
        """The codes of all metrics."""
        return sorted(column.name for column in self.into if column.table == METRIC)

    def upstream(self, columns: Iterable[Column]) -> dict[Column, int]:
        """Everything the columns depend on, themselves included, with the number of hops."""
        return _reach(columns, self._sources)

    def downstream(self, columns: Iterable[Column]) -> dict[Column, int]:
        """Everything that depends on the columns, themselves included, with the number of hops."""
        return _reach(columns, self._targets)

    def metrics_reading(self, columns: Iterable[Column]) -> set[str]:
        """The codes of the metrics whose values can depend on any of the columns."""
        return {column.name for column in self.downstream(columns) if column.table == METRIC}

    def layer(self, table: str) -> str:
        """delivery, seed, staging, intermediate, mart, metric or tile."""
        if table == METRIC:
            return "metric"
        if table in self.pages:
            return "tile"
        return self.project.nodes[table].layer if table in self.project.nodes else "mart"

    def column(self, text: str) -> Column:
        """The column that `table.column`, `table` (its rows) or a metric's code names. Raises MetricsError with near matches."""
        if text in self.metrics:
            return Column(METRIC, text)
        table, _, name = text.rpartition(".") if "." in text else (text, "", ROWS)
        known = self.project.models.get(table)
        if known is None:
            raise MetricsError(unknown_name("metric or table", table, [*self.metrics, *self.project.models]))
        if name not in known.fingerprints:
            raise MetricsError(unknown_name(f"column of {table}", name, known.fingerprints))
        return Column(table, name)

    def untraced(self) -> dict[str, str]:
        """Metrics that reach no column of a delivery, with the reason."""
        found = {}
        for code in self.metrics:
            reached = self.upstream([Column(METRIC, code)])
            if not any(self.layer(c.table) == "delivery" and c.name != ROWS for c in reached):
                ends = sorted({c.table for c in reached if c not in self.into and c.table != METRIC})
                found[code] = f"ends at {', '.join(ends) or 'nothing'}"
        return found


def read_lineage(dictionary: Dictionary, manifest_path: Path, remembered: Path | None = None) -> Lineage:
    """The lineage of the project as dbt last compiled it. Raises MetricsError without a manifest."""
    project = project_lineage(read_nodes(manifest_path), remembered)
    metrics = metric_edges(dictionary)
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    return Lineage(project, metrics, tile_edges(manifest, project, {edge.target.name for edge in metrics}))


def tile_edges(manifest: dict[str, Any], project: ProjectLineage, codes: set[str]) -> list[Edge]:
    """The edges from metrics, and from every column of marts that are shown as they are, to the pages the exposures declare."""
    found = []
    for exposure in manifest["exposures"].values():
        for parent in exposure["depends_on"]["nodes"]:
            kind, name = parent.split(".")[0], parent.split(".")[-1]
            if kind == "metric" and name in codes:
                found.append(Edge(Column(METRIC, name), Column(exposure["name"], name), "value", ()))
            elif name in project.models:
                tile = Column(exposure["name"], name)
                found += [
                    Edge(Column(name, column), tile, "rows" if column == ROWS else "value", ())
                    for column in project.models[name].fingerprints
                ]
    return found


def _reach(columns: Iterable[Column], neighbours: dict[Column, list[Column]]) -> dict[Column, int]:
    found = dict.fromkeys(columns, 0)
    waiting = list(found)
    for column in waiting:
        for neighbour in neighbours.get(column, ()):
            if neighbour not in found:
                found[neighbour] = found[column] + 1
                waiting.append(neighbour)
    return found
