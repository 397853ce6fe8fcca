"""Impact reports in words: texts, numbers, periods and segments in one language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from metrics_dictionary.cuts import parts_of
from metrics_dictionary.impact.comparing import ValueRow
from metrics_dictionary.impact.findings import MetricImpact
from metrics_dictionary.labels import label

TEXTS = Path(__file__).with_name("texts.yml")
SEPARATORS = {"zh": "、", "en": ", "}


@cache
def all_texts() -> dict[str, Any]:
    """Every text: key to language (zh, en) to words, some keys in groups."""
    return yaml.safe_load(TEXTS.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Words:
    """The words of one language, `zh` or `en`."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        """A text, `group.key` where it stands in a group, with its places filled."""
        found = all_texts()
        for part in key.split("."):
            found = found[part]
        return found[self.language].strip().format(**values)

    def listed(self, items: list[str] | tuple[str, ...], limit: int | None = None) -> str:
        """Items one after the other, after `limit` only how many more."""
        shown = list(items[:limit])
        if limit is not None and len(items) > limit:
            shown.append(self("more", count=len(items) - limit))
        return SEPARATORS[self.language].join(shown)

    def name(self, metric: MetricImpact) -> str:
        """The metric's name."""
        return metric.name_zh if self.language == "zh" else metric.name_en

    def unit(self, metric: MetricImpact) -> str:
        """The metric's unit."""
        return label("unit", metric.unit, self.language)

    def period(self, row: ValueRow) -> str:
        """2020, 2020-Q4, 2020-12, 2020-12-31; windows with their name and the month they end with."""
        day = row.period_end_date
        calendar = {"year": f"{day:%Y}", "quarter": f"{day:%Y}-Q{(day.month + 2) // 3}", "month": f"{day:%Y-%m}", "day": f"{day}"}
        return calendar.get(row.grain) or f"{label('grain', row.grain, self.language)} {day:%Y-%m}"

    def segment(self, row: ValueRow) -> str:
        """The members with the names of their dimensions."""
        parts = parts_of(row.dimension_set)
        named = [f"{label('dimension', part, self.language)} {member}" for part, member in zip(parts, row.members, strict=False)]
        return self.listed(named) or self("whole")

    def definition(self, metric: MetricImpact) -> str:
        """Whether the definition changed, and how."""
        change = metric.definition
        if change is None:
            return self("definition_unchanged")
        if change.is_new or change.is_removed:
            return self("definition_new" if change.is_new else "definition_removed", after=change.version_after)
        if change.version_before != change.version_after:
            return self("definition_version", before=change.version_before, after=change.version_after, reason=change.reason)
        if change.is_computed_differently:
            return self("definition_computed", before=change.version_before)
        return self("definition_words", fields=self.listed(change.fields))


def number(value: float | None) -> str:
    """A value as people compare it: six significant digits below 1,000, cents above."""
    if value is None:
        return "–"
    return f"{value:,.6g}" if abs(value) < 1000 else f"{value:,.2f}"


def signed(value: float | None) -> str:
    """A difference with its sign."""
    if value is None:
        return "–"
    return "0" if value == 0 else f"{'+' if value > 0 else '−'}{number(abs(value))}"
