"""Places the boxes of a left-to-right graph: columns given, few crossings, no two boxes over one another. Nothing but geometry."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

SWEEPS = 8
BETWEEN, LANE = 12.0, 9.0
"""Pixels between two boxes, and the height of the lane in which a long edge passes a column."""

STRAIGHT = 6
"""How much more a long edge pulls itself straight than boxes pull each other together."""

Key = Hashable


class Lane(NamedTuple):
    """Where the long edges of a source pass a column."""

    source: Key
    column: int


@dataclass(frozen=True)
class Layout:
    """`middles`: box to its vertical middle; `routes`: edge to the (column, middle) of the lanes it passes; `height`: all in pixels."""

    middles: dict[Key, float]
    routes: dict[tuple[Key, Key], list[tuple[int, float]]]
    height: float


def lay_out(columns: Mapping[Key, int], edges: Sequence[tuple[Key, Key]], heights: Mapping[Key, float]) -> Layout:
    """Order and place boxes. `columns`: box to column, 0 leftmost; `heights` in pixels; edges that do not lead rightwards are left alone.

    The columns are ordered by sweeps over the means of their neighbours (barycentres), keeping the order with the fewest crossings; an
    edge over several columns passes those between in a lane that all such edges of its source share. Then every box moves as near to its
    neighbours as the boxes above and below let it.
    """
    ranks = _in_columns(columns)
    links: list[dict[Key, list[Key]]] = [defaultdict(list) for _ in ranks]
    lanes: dict[tuple[Key, Key], list[Lane]] = {}
    sizes = dict(heights)
    for source, target in edges:
        if columns[source] >= columns[target]:
            continue
        before, lanes[source, target] = source, []
        for column in range(columns[source] + 1, columns[target]):
            lane = Lane(source, column)
            if lane not in sizes:
                sizes[lane] = LANE
                ranks[column].append(lane)
            lanes[source, target].append(lane)
            _link(links[column - 1], before, lane)
            before = lane
        _link(links[columns[target] - 1], before, target)
    ordered = _fewest_crossings(ranks, links)
    middles = _places(ordered, links, sizes)
    routes = {edge: [(lane.column, middles[lane]) for lane in passed] for edge, passed in lanes.items()}
    height = max((middles[key] + sizes[key] / 2 for key in columns), default=0.0)
    return Layout({key: middles[key] for key in columns}, routes, height)


def crossings(order: Sequence[Sequence[Key]], links: Sequence[Mapping[Key, Sequence[Key]]]) -> int:
    """How often edges between neighbouring columns cross."""
    count = 0
    for column, right in enumerate(order[1:]):
        place = {key: position for position, key in enumerate(right)}
        seen: list[int] = []
        for key in order[column]:
            ends = sorted(place[target] for target in links[column].get(key, ()))
            count += sum(len(seen) - bisect_left(seen, end + 1) for end in ends)
            for end in ends:
                insort(seen, end)
    return count


def _in_columns(columns: Mapping[Key, int]) -> list[list[Key]]:
    ranks: list[list[Key]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    for key, column in columns.items():
        ranks[column].append(key)
    return ranks


def _link(links: dict[Key, list[Key]], source: Key, target: Key) -> None:
    if target not in links[source]:
        links[source].append(target)


def _turned(links: Mapping[Key, Sequence[Key]]) -> dict[Key, list[Key]]:
    found: dict[Key, list[Key]] = defaultdict(list)
    for source, targets in links.items():
        for target in targets:
            found[target].append(source)
    return found


def _fewest_crossings(ranks: list[list[Key]], links: list[dict[Key, list[Key]]]) -> list[list[Key]]:
    turned = [_turned(one) for one in links]
    order = [list(rank) for rank in ranks]
    best, fewest = [list(rank) for rank in order], crossings(order, links)
    for sweep in range(SWEEPS):
        rightwards = sweep % 2 == 0
        for column in range(1, len(order)) if rightwards else range(len(order) - 2, -1, -1):
            beside = order[column - 1 if rightwards else column + 1]
            near = turned[column - 1] if rightwards else links[column]
            place = {key: position / max(len(beside), 1) for position, key in enumerate(beside)}
            own = {key: position / max(len(order[column]), 1) for position, key in enumerate(order[column])}
            order[column].sort(key=lambda key: _mean([place[other] for other in near.get(key, ())], own[key]))
        count = crossings(order, links)
        if count < fewest:
            best, fewest = [list(rank) for rank in order], count
    return best


def _places(order: list[list[Key]], links: list[dict[Key, list[Key]]], sizes: Mapping[Key, float]) -> dict[Key, float]:
    lanes = {key for key in sizes if isinstance(key, Lane)}
    near: dict[Key, list[Key]] = defaultdict(list)
    for one in links:
        for source, targets in one.items():
            for target in targets:
                pull = STRAIGHT if source in lanes and target in lanes else 1
                near[source] += [target] * pull
                near[target] += [source] * pull
    tallest = max((_stacked(rank, sizes)[-1] for rank in order if rank), default=0.0)
    middles: dict[Key, float] = {}
    for rank in order:
        stack = _stacked(rank, sizes)
        middles |= {key: place + (tallest - stack[-1]) / 2 for key, place in zip(rank, stack, strict=True)}
    for sweep in range(2 * SWEEPS):
        for rank in order if sweep % 2 == 0 else order[::-1]:
            wanted = [_mean([middles[other] for other in near.get(key, ())], middles[key]) for key in rank]
            weights = [STRAIGHT if key in lanes else 1 for key in rank]
            middles |= dict(zip(rank, _apart(wanted, _stacked(rank, sizes), weights), strict=True))
    top = min((middles[key] - sizes[key] / 2 for key in middles), default=0.0)
    return {key: middle - top for key, middle in middles.items()}


def _stacked(rank: Sequence[Key], sizes: Mapping[Key, float]) -> list[float]:
    """The middles of boxes put one below the other."""
    found, bottom = [], -BETWEEN
    for key in rank:
        found.append(bottom + BETWEEN + sizes[key] / 2)
        bottom = found[-1] + sizes[key] / 2
    return found


def _apart(wanted: list[float], stack: list[float], weights: list[int]) -> list[float]:
    """The places nearest to those wanted (weighted least squares) that keep the order and distances of `stack`: pooled neighbours."""
    pools: list[tuple[float, int, int]] = []
    for want, place, weight in zip(wanted, stack, weights, strict=True):
        pool = (weight * (want - place), weight, 1)
        while pools and pools[-1][0] / pools[-1][1] > pool[0] / pool[1]:
            before = pools.pop()
            pool = (pool[0] + before[0], pool[1] + before[1], pool[2] + before[2])
        pools.append(pool)
    shifts = [total / weight for total, weight, count in pools for _ in range(count)]
    return [place + shift for place, shift in zip(stack, shifts, strict=True)]


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
