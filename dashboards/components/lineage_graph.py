"""From edges between columns to a graph of boxes: layers hidden, crowded layers folded by subject, in columns from left to right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

LAYERS = ("delivery", "seed", "staging", "intermediate", "mart", "metric", "tile")
USES = ("value", "filter", "join", "group", "rows")
"""The kinds of use, the strongest first."""
FOLDED_ABOVE = 24
"""A layer with more boxes than this is shown folded by subject until somebody unfolds it: more do not fit on a screen."""
_PLACES = {"delivery": 0, "seed": 0, "staging": 1, "intermediate": 2, "mart": 3, "metric": 4, "tile": 5}

Column = tuple[str, str, str]
"""Layer, table, column, as an edge names its ends."""


@dataclass(frozen=True)
class Box:
    """A table, a metric or a page of tiles; with several `members` a folded subject. `subject` is a code, or a source or folder."""

    layer: str
    name: str
    subject: str
    members: tuple[str, ...] = ()

    @property
    def is_folded(self) -> bool:
        """Whether the box stands for a whole subject."""
        return bool(self.members)


@dataclass
class Graph:
    """Boxes with their column from the left, and between two boxes the uses (column, use) that lead from one to the other."""

    columns: dict[Box, int] = field(default_factory=dict)
    edges: dict[tuple[Box, Box], Counter[tuple[str, str]]] = field(default_factory=dict)

    def kind(self, edge: tuple[Box, Box]) -> str:
        """The strongest use on an edge."""
        uses = {use for _, use in self.edges[edge]}
        return next(use for use in USES if use in uses)

    def used_columns(self, box: Box) -> dict[str, list[str]]:
        """The columns of a box that this graph follows, each with its uses, strongest first."""
        found: dict[str, set[str]] = defaultdict(set)
        for (source, _), uses in self.edges.items():
            for column, use in uses if source == box else ():
                found[column].add(use)
        return {column: sorted(uses, key=USES.index) for column, uses in sorted(found.items())}

    def through(self, box: Box) -> set[tuple[Box, Box]]:
        """The edges on the ways that lead to a box and on from it."""
        return _reach(box, self.edges, 0) | _reach(box, self.edges, 1)


def graph_of(path: pd.DataFrame, subjects: Mapping[str, str], hidden: Collection[str], folded: Collection[str]) -> Graph:
    """The boxes and edges of a path. `path`: a row per edge between columns, as `lineage_path` answers; `subjects`: table or metric code to
    subject; `hidden`: layers left out, whose edges then lead through; `folded`: layers with one box per subject.
    """
    edges: dict[tuple[Column, Column], set[str]] = defaultdict(set)
    for row in path.itertuples():
        source, target = (row.from_layer, row.from_table, row.from_column), (row.to_layer, row.to_table, row.to_column)
        edges[source, target].add(row.use)
    if hidden:
        edges = _without(edges, hidden)
    members: dict[tuple[str, str], set[str]] = defaultdict(set)
    for layer, table, column in {end for edge in edges for end in edge}:
        name = _name(layer, table, column)
        members[layer, subjects.get(name, "")].add(name)
    graph = Graph()

    def box(end: Column) -> Box:
        name = _name(*end)
        subject = subjects.get(name, "")
        alike = members[end[0], subject]
        if end[0] in folded and len(alike) > 1:
            return Box(end[0], subject, subject, tuple(sorted(alike)))
        return Box(end[0], name, subject)

    for (source, target), uses in edges.items():
        pair = box(source), box(target)
        if pair[0] != pair[1] and not (pair[0].layer == pair[1].layer and pair[0].layer in folded):
            graph.edges.setdefault(pair, Counter()).update((source[2], use) for use in uses)
        graph.columns |= dict.fromkeys(pair, 0)
    graph.columns = _columns(graph)
    return graph


def boxes_by_layer(path: pd.DataFrame) -> dict[str, int]:
    """How many tables, metrics or pages a path has in each layer, from left to right."""
    ends = {(row.from_layer, _name(row.from_layer, row.from_table, row.from_column)) for row in path.itertuples()}
    ends |= {(row.to_layer, _name(row.to_layer, row.to_table, row.to_column)) for row in path.itertuples()}
    counts = Counter(layer for layer, _ in ends)
    return {layer: counts[layer] for layer in LAYERS if layer in counts}


def subject_of(table: str, layer: str, file: str) -> str:
    """What a table belongs to: the source of a delivery, else the folder of its file."""
    return table.partition("/")[0] if layer == "delivery" else file.rpartition("/")[0].rpartition("/")[2]


def place_of(layer: str) -> int:
    """Which place a layer has from the left; deliveries and reference tables share one."""
    return _PLACES[layer]


def _name(layer: str, table: str, column: str) -> str:
    return column if layer == "metric" else table


def _without(edges: Mapping[tuple[Column, Column], set[str]], hidden: Collection[str]) -> dict[tuple[Column, Column], set[str]]:
    """Edges between the columns that stay, through those hidden; a way is a value only where each step of it is."""
    out: dict[Column, list[tuple[Column, set[str]]]] = defaultdict(list)
    for (source, target), uses in edges.items():
        out[source].append((target, uses))
    found: dict[tuple[Column, Column], set[str]] = defaultdict(set)
    for start in [column for column in out if column[0] not in hidden]:
        waiting = [(target, use) for target, uses in out[start] for use in uses]
        seen = set(waiting)
        for column, use in waiting:
            if column[0] not in hidden:
                found[start, column].add(use)
                continue
            onward = {(target, _weaker(use, other)) for target, uses in out.get(column, ()) for other in uses} - seen
            seen |= onward
            waiting += sorted(onward)
    return found


def _weaker(first: str, second: str) -> str:
    return second if first == "value" else first


def _columns(graph: Graph) -> dict[Box, int]:
    """Columns from the left: by layer, and within a layer a box right of those of its layer that it is made of."""
    steps = dict.fromkeys(graph.columns, 0)
    inside = [(source, target) for source, target in graph.edges if _PLACES[source.layer] == _PLACES[target.layer]]
    for _ in range(len(steps)):
        late = [(source, target) for source, target in inside if steps[target] <= steps[source]]
        if not late:
            break
        for source, target in late:
            steps[target] = max(steps[target], steps[source] + 1)
    places = sorted({(_PLACES[box.layer], step) for box, step in steps.items()})
    return {box: places.index((_PLACES[box.layer], step)) for box, step in steps.items()}


def _reach(start: Box, edges: Iterable[tuple[Box, Box]], end: int) -> set[tuple[Box, Box]]:
    """Edges reached from a box along their direction (`end` 0), or against it (1)."""
    beside: dict[Box, list[tuple[Box, Box]]] = defaultdict(list)
    for edge in edges:
        beside[edge[end]].append(edge)
    found: set[tuple[Box, Box]] = set()
    waiting = [start]
    for box in waiting:
        for edge in beside.get(box, ()):
            if edge not in found:
                found.add(edge)
                waiting.append(edge[1 - end])
    return found
