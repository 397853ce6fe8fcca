"""Whether the owner and the steward of every metric exist: the people named in labels.yml, in both languages."""

from __future__ import annotations

from collections.abc import Collection

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.errors import unknown_name
from metrics_dictionary.labels import all_labels

GROUP = "people."


def known_people() -> set[str]:
    """The offices a metric may name."""
    return {name.removeprefix(GROUP) for name in all_labels() if name.startswith(GROUP)}


def people_problems(dictionary: Dictionary, people: Collection[str]) -> list[str]:
    """Metrics whose owner or steward is nobody; `people` are those there are."""
    return [
        f"metric {name}: config.meta.{role}: {unknown_name('person', getattr(metric.governance, role), people)}"
        for name, metric in dictionary.published.items()
        for role in ("owner", "steward")
        if getattr(metric.governance, role) not in people
    ]
