"""What an impact measurement found: per metric a verdict with its numbers and causes, and what proves the rest unmoved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from metrics_dictionary.impact.comparing import Comparison
from metrics_dictionary.impact.differences import DefinitionChange, NodeChange
from metrics_dictionary.impact.rows import RowChange
from metrics_dictionary.impact.warehouse import Load


class Verdict(StrEnum):
    """What the change of code does to a metric, the gravest first."""

    REMOVED = "removed"
    BEYOND = "beyond_tolerance"
    WITHIN = "within_tolerance"
    PARTS = "parts_moved"
    NEW = "new"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class MetricImpact:
    """One metric that the change, or new data, can reach.

    `tolerance` is the stricter one of both versions, in the metric's unit: a change cannot loosen what it is measured by. `models` are the
    changed models and seeds that the metric stands on, each with the columns that are computed differently; `loads` the deliveries that
    came after the publication and that it stands on. `definition_sql` is the SQL before and after.
    """

    code: str
    name_zh: str
    name_en: str
    unit: str
    tolerance: float
    verdict: Verdict
    definition: DefinitionChange | None
    definition_sql: tuple[str, str]
    comparison: Comparison
    models: Mapping[str, tuple[str, ...]]
    loads: tuple[Load, ...]

    @property
    def is_definition_changed(self) -> bool:
        """The definition computes something else, or stands under another version."""
        return self.definition is not None and self.definition.is_computed_differently


@dataclass(frozen=True)
class Side:
    """How one version was looked at: tables built for the comparison, tables read where they lay, whether values were computed."""

    label: str
    built: tuple[str, ...]
    read: tuple[str, ...]
    are_values_computed: bool


@dataclass(frozen=True)
class Impact:
    """Everything a report says. `metrics` are those the change or new data can reach, the gravest first; `metric_count` is all there are.

    `rows` are the tables built differently and compared, `rewritten` the models whose words alone differ, both with their rows.
    `unmeasured_files` can move values too, and are the same for both sides here: loading, the computing of metrics, libraries.
    """

    before: Side
    after: Side
    as_of_date: date | None
    published: str | None
    changes: Mapping[str, NodeChange]
    model_count: int
    redefined_count: int
    rewritten: tuple[RowChange, ...]
    rows: tuple[RowChange, ...]
    metrics: tuple[MetricImpact, ...]
    metric_count: int
    loads: tuple[Load, ...]
    accepted: frozenset[str]
    unmeasured_files: tuple[str, ...]
    seconds: Mapping[str, float]

    @property
    def stopping(self) -> list[MetricImpact]:
        """The metrics that stop a merge: removed, or moved beyond tolerance by code, and not accepted."""
        return [m for m in self.metrics if m.verdict in {Verdict.REMOVED, Verdict.BEYOND} and m.code not in self.accepted]

    @property
    def is_moved_by_data(self) -> bool:
        """Whether any value compared differs from what was published for want of data."""
        return any(m.comparison.moved_by_data for m in self.metrics)


def judge(definition: DefinitionChange | None, comparison: Comparison) -> Verdict:
    """The verdict on a metric's values."""
    if definition is not None and definition.is_removed:
        return Verdict.REMOVED
    if definition is not None and definition.is_new:
        return Verdict.NEW
    if comparison.beyond:
        return Verdict.BEYOND
    if comparison.within:
        return Verdict.WITHIN
    return Verdict.PARTS if comparison.parts_moved else Verdict.UNCHANGED
