"""What must be looked at to measure a change: which tables may differ, which lie built already, which metrics they reach."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from metrics_dictionary.errors import MetricsError, unknown_name
from metrics_dictionary.impact.differences import DefinitionChange, NodeChange, marts_of
from metrics_dictionary.impact.graph import Node, reached
from metrics_dictionary.impact.versions import Version
from metrics_dictionary.impact.warehouse import BUILT, Load, Warehouse
from metrics_dictionary.lineage.relations import Column

LEDGERS = {"loading/loads", "loading/touched_dates"}
"""The loader's own ledgers: every load changes them."""


@dataclass(frozen=True)
class Plan:
    """The two versions, what differs between them, and the warehouse they are measured over.

    `wanted` are the metrics to look at, all when empty. With `is_whole` nothing that lies built is read and nothing is left out: what a
    rebuild of both sides gives.
    """

    base: Version
    head: Version
    warehouse: Warehouse
    changes: Mapping[str, NodeChange]
    definitions: Mapping[str, DefinitionChange]
    wanted: frozenset[str] = frozenset()
    is_whole: bool = False

    @property
    def versions(self) -> tuple[Version, Version]:
        """Before and after."""
        return self.base, self.head

    @cached_property
    def codes(self) -> set[str]:
        """Every metric of either version that is to be looked at. Raises MetricsError for a metric that neither has."""
        known = self.base.dictionary.catalogue.keys() | self.head.dictionary.catalogue.keys()
        for code in sorted(self.wanted - known):
            raise MetricsError(unknown_name("metric", code, known))
        return set(self.wanted or known)

    @cached_property
    def changed(self) -> set[str]:
        """Models and seeds that mean something else now."""
        return {name for name, change in self.changes.items() if not change.is_rewritten}

    @cached_property
    def suspects(self) -> set[str]:
        """Tables that may differ: what changed, and all that stands on it."""
        if self.is_whole:
            return {name for version in self.versions for name in version.graph.nodes}
        return self.changed.union(*(version.graph.descendants(self.changed) for version in self.versions))

    @cached_property
    def stale(self) -> set[str]:
        """Tables of the warehouse that have not taken in what was loaded since."""
        return self._standing_on(self.warehouse.unbuilt)

    @cached_property
    def candidates(self) -> set[str]:
        """The metrics that the change or new data can reach."""
        return self.codes if self.is_whole else self.reached_by_code(self.suspects) | self.reached_by_data

    @cached_property
    def reached_by_data(self) -> set[str]:
        """The metrics that stand on what was loaded after the publication."""
        return self._reading(self._standing_on(self.warehouse.unpublished))

    def reached_by_code(self, tables: Collection[str]) -> set[str]:
        """The metrics that read any of `tables` and depend on a changed column, or are defined otherwise."""
        redefined = {code for code, change in self.definitions.items() if change.is_computed_differently}
        return self._reading(tables) & self._foretold | redefined & self.codes

    def marts(self, version: Version, codes: Collection[str]) -> set[str]:
        """The tables that metrics read in one version."""
        found = {table for code in codes for table in self._marts[version.hash].get(code, ())}
        return found & version.graph.nodes.keys()

    def lies_before(self, node: Node) -> str | None:
        """Where the old version's table lies built, as a database alias; None where it must be built."""
        return self._lies(node, self.base, self.head)

    def lies_after(self, node: Node, differing: Collection[str], built_before: Collection[str]) -> str | None:
        """Where the new version's table lies built: a table that is not among `differing` is the old version's, too."""
        own = self._lies(node, self.head, self.base)
        if own or node.is_view or self.is_whole or node.name in differing or node.name in self.changes:
            return own
        if node.name not in self.base.graph.nodes:
            return None
        return BASE if node.name in built_before else self.lies_before(self.base.graph.nodes[node.name])

    def responsible(self, code: str, differing: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The changed models and seeds through which the tables that a metric reads came to differ, with the columns that reach it."""
        found: set[str] = set()
        for version in self.versions:
            nodes = version.graph.nodes
            marts = self.marts(version, [code]) & (set(differing) | self.changed)
            found |= reached(marts, lambda name, nodes=nodes: set(nodes[name].parents) & set(differing) if name in nodes else ())
        own = {name: self.changes[name].columns for name in sorted(found & self.changed)}
        return {name: tuple(c for c in columns if code in self._readers(name, c)) for name, columns in own.items()}

    def loads_of(self, code: str) -> tuple[Load, ...]:
        """The deliveries after the publication that a metric stands on."""
        if not self.warehouse.unpublished:
            return ()
        upstream = {name for version in self.versions for name in version.graph.ancestors(self.marts(version, [code]))}
        return tuple(load for load in self.warehouse.unpublished if load.delivery in upstream)

    def _lies(self, node: Node, version: Version, other: Version) -> str | None:
        if node.is_view or self.is_whole or node.name in self.stale:
            return None
        is_own = self.warehouse.built_hash == version.hash
        is_shared = self.warehouse.built_hash == other.hash and node.name not in self.suspects and node.name not in self.changes
        return BUILT if is_own or is_shared else None

    @cached_property
    def _foretold(self) -> set[str]:
        """The metrics whose lineage, before or after, holds a column that is computed differently."""
        if self.is_whole:
            return self.codes
        return {code for name in self.changed for column in self.changes[name].columns for code in self._readers(name, column)}

    def _readers(self, table: str, column: str) -> set[str]:
        return set().union(*(version.lineage.metrics_reading([Column(table, column)]) for version in self.versions))

    def _reading(self, tables: Collection[str]) -> set[str]:
        return {c for c in self.codes for marts in self._marts.values() if not marts.get(c, set()).isdisjoint(tables)}

    def _standing_on(self, loads: Collection[Load]) -> set[str]:
        deliveries = {load.delivery for load in loads} | (LEDGERS if loads else set())
        return {name for version in self.versions for name in version.graph.descendants(deliveries)}

    @cached_property
    def _marts(self) -> dict[str, dict[str, set[str]]]:
        """For each version, by its hash, the tables that each metric may read."""
        found: dict[str, dict[str, set[str]]] = {}
        for version in self.versions:
            tables = found.setdefault(version.hash, {})
            for metric in version.dictionary.published.values():
                tables.setdefault(metric.code, set()).update(marts_of(metric, version.dictionary))
        return found


BASE = "base"
"""The alias of the old version's scratch database beside the new one's."""
