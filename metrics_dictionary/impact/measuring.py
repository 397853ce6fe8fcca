"""The impact of a change: what differs is built for both versions over the same data, and the metrics it reaches are compared."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from metrics_dictionary.compilation import definition_statement
from metrics_dictionary.engine import Engine
from metrics_dictionary.impact.building import Scratch, scratch
from metrics_dictionary.impact.comparing import NOTHING, Comparison, comparisons, create_compared, write_values
from metrics_dictionary.impact.findings import Impact, MetricImpact, Side, Verdict, judge
from metrics_dictionary.impact.graph import Node
from metrics_dictionary.impact.planning import BASE, Plan
from metrics_dictionary.impact.rows import RowChange, compare_rows
from metrics_dictionary.impact.versions import Version
from metrics_dictionary.impact.warehouse import BUILT, PUBLISHED
from metrics_dictionary.lineage.relations import ROWS
from metrics_dictionary.publication import compute_values
from metrics_dictionary.publication_tables import create_tables
from metrics_dictionary.value_rows import Run

VALUES = "metrics.metric_values"


@dataclass
class Measurement:
    """One measurement of a plan, in scratch databases below `folder`; compiled metric SQL is remembered below `cache`.

    `accepted` are the metrics whose movement is agreed; `seconds` tells what each part took.
    """

    plan: Plan
    folder: Path
    cache: Path | None
    accepted: frozenset[str] = frozenset()
    unmeasured_files: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)

    def run(self, csv: Path | None = None) -> Impact:
        """Measure; every value that moved is written to the file `csv`. Raises MetricsError."""
        with scratch(self.plan.base, self.plan.warehouse, self.folder / "before") as before:
            with self._timed("models_before"):
                rewritten = self._verify_rewritten(before)
                before.make_all(self.plan.marts(self.plan.base, self.plan.candidates), self.plan.lies_before)
            with self._timed("values_before"):
                values_before = self._values(before, self.plan.candidates)
        with scratch(self.plan.head, self.plan.warehouse, self.folder / "after", before.database) as after:
            with self._timed("models_after"):
                differing, rows = self._differing(after, before)
                reached = self.plan.codes if self.plan.is_whole else self.plan.reached_by_code(differing)
                after.make_all(self.plan.marts(self.plan.head, reached), self._lies_after(differing, before))
            with self._timed("values_after"):
                values_after = self._values(after, reached)
            with self._timed("comparison"):
                touched = reached | self.plan.reached_by_data
                create_compared(
                    after.connection,
                    f"{BUILT if values_before == BUILT else BASE}.{VALUES}",
                    f"{values_after}.{VALUES}",
                    f"{PUBLISHED}.{VALUES}" if self.plan.warehouse.published else None,
                    {code: self._tolerance(code) for code in touched},
                    reached,
                )
                found = comparisons(after.connection)
                metrics = [self._metric(code, found.get(code, NOTHING), differing) for code in sorted(touched)]
                if csv:
                    write_values(after.connection, csv)
        gravest_first = list(Verdict)
        return Impact(
            before=Side(self.plan.base.label, tuple(before.built), tuple(before.read), values_before != BUILT),
            after=Side(self.plan.head.label, tuple(after.built), tuple(after.read), values_after != BUILT),
            as_of_date=self.plan.warehouse.as_of_date,
            published=self.plan.warehouse.published.version if self.plan.warehouse.published else None,
            changes=self.plan.changes,
            model_count=len(self.plan.head.graph.nodes),
            redefined_count=sum(change.is_computed_differently for change in self.plan.definitions.values()),
            rewritten=tuple(rewritten),
            rows=tuple(rows),
            metrics=tuple(sorted(metrics, key=lambda m: (gravest_first.index(m.verdict), -m.comparison.moved_by_data, m.code))),
            metric_count=len(self.plan.codes),
            loads=self.plan.warehouse.unpublished,
            accepted=self.accepted,
            unmeasured_files=self.unmeasured_files,
            seconds=self.seconds,
        )

    def _verify_rewritten(self, before: Scratch) -> list[RowChange]:
        """Run the old and the new words of each rewritten model over the same data; one whose rows differ counts as changed."""
        found = []
        nodes_before, nodes_after = self.plan.base.graph.nodes, self.plan.head.graph.nodes
        for name in [name for name, change in self.plan.changes.items() if change.is_rewritten]:
            before.make_all(nodes_before[name].parents, self.plan.lies_before)
            old, new = (nodes[name].query for nodes in (nodes_before, nodes_after))
            rows = compare_rows(before.connection, name, old, new, nodes_after[name].key)
            found.append(rows)
            if not rows.is_same:
                change = replace(self.plan.changes[name], kind="query", columns=(ROWS,))
                self.plan = replace(self.plan, changes={**self.plan.changes, name: change})
        return found

    def _differing(self, after: Scratch, before: Scratch) -> tuple[set[str], list[RowChange]]:
        """The tables whose rows differ, and how; behind a table whose rows are the same nothing is looked at."""
        plan, nodes = self.plan, self.plan.head.graph.nodes
        differing = {name for name in plan.changed if name not in nodes}
        rows = []
        needed = plan.suspects & plan.head.graph.ancestors(plan.marts(plan.head, plan.candidates))
        for node in (nodes[name] for name in plan.head.graph.order if name in needed):
            is_suspect = node.name in plan.changed or not differing.isdisjoint(node.parents)
            if is_suspect and node.is_view:
                differing.add(node.name)
            elif (is_suspect or plan.is_whole) and not node.is_view:
                after.make_all([node.name], self._lies_after({*differing, node.name}, before))
                lies = self._table_before(node, before)
                if lies:
                    rows.append(compare_rows(after.connection, node.name, f"{lies}.{node.relation}", node.relation, node.key))
                if not lies or not rows[-1].is_same:
                    differing.add(node.name)
        return differing, rows

    def _table_before(self, node: Node, before: Scratch) -> str | None:
        old = self.plan.base.graph.nodes.get(node.name)
        if old is None or old.is_view or old.relation != node.relation:
            return None
        return BASE if old.name in before.built else self.plan.lies_before(old)

    def _lies_after(self, differing: Collection[str], before: Scratch):
        return lambda node: self.plan.lies_after(node, differing, before.built)

    def _values(self, side: Scratch, codes: Collection[str]) -> str:
        """Where the values of metrics lie, as a database: in the warehouse when this version computed them there from the same data."""
        plan, dictionary = self.plan, side.version.dictionary
        is_there = plan.warehouse.values_run_id and plan.warehouse.built_hash == side.version.hash and not plan.warehouse.unbuilt
        if is_there and not plan.is_whole:
            return BUILT
        names = [metric.name for code in codes if code in dictionary.catalogue for metric in dictionary.versions(code)]
        with Engine(dictionary, self.cache) as engine:
            if names:
                compute_values(side.connection, engine, names, Run("impact", plan.warehouse.as_of_date or date.min))
            else:
                create_tables(side.connection)
        return f'"{side.database.stem}"'

    def _metric(self, code: str, comparison: Comparison, differing: Collection[str]) -> MetricImpact:
        plan = self.plan
        definition = plan.definitions.get(code)
        governance = self._governances(code)[-1]
        is_redefined = definition is not None and definition.is_computed_differently
        return MetricImpact(
            code=code,
            name_zh=governance.name_zh,
            name_en=governance.name_en,
            unit=governance.unit,
            tolerance=self._tolerance(code),
            verdict=judge(definition, comparison),
            definition=definition,
            definition_sql=(self._sql(plan.base, code), self._sql(plan.head, code)) if is_redefined else ("", ""),
            comparison=comparison,
            models=plan.responsible(code, differing),
            loads=plan.loads_of(code),
        )

    def _sql(self, version: Version, code: str) -> str:
        if code not in version.dictionary.catalogue:
            return ""
        with Engine(version.dictionary, self.cache) as engine:
            return definition_statement(engine, version.dictionary.catalogue[code])

    def _governances(self, code: str) -> list:
        return [v.dictionary.catalogue[code].governance for v in self.plan.versions if code in v.dictionary.catalogue]

    def _tolerance(self, code: str) -> float:
        return min(governance.tolerance for governance in self._governances(code))

    @contextmanager
    def _timed(self, part: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[part] = self.seconds.get(part, 0.0) + time.perf_counter() - started
