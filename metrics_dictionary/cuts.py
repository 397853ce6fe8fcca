"""The cuts at which values are published: grains of time and sets of dimensions."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from metrics_dictionary.definitions import BRANCH, COMPANY

GRAINS = ("day", "month", "quarter", "year")

WINDOWS = ("rolling_12", "year_to_date")
"""Whole months that end with a month, published beside the grains: the last twelve, and those since January."""

DIMENSION_SETS = (
    *(
        "+".join(part for part in parts if part) or "total"
        for parts in product((None, "company", "organisation"), (None, "channel"), (None, "product"))
    ),
    *("+".join(part for part in parts if part) for parts in product((None, "company"), ("intermediary", "segment"))),
)
"""`total`, `product`, `channel`, `channel+product`, `company`, ... , `organisation+channel+product`; and intermediaries and
customer segments, of the group and of each company: crossed with everything they would be most of the values."""

DAY_DIMENSION_SETS = ("total", "company", "organisation", "channel")
"""A day of every combination is forty times a month of it, and nobody looks at it: days are published at these sets."""

WINDOW_DIMENSION_SETS = ("total", "company", "organisation", "channel", "product")
"""Windows move every month and are read as one line: crossed dimensions would double all values for nobody."""

PUBLISHED_DAYS = """qualify grain <> 'day'
    or year(period_start_date) >= year(max(period_start_date) filter (where grain = 'day') over ()) - 1"""
"""Days are published for the year of a metric's last day and the one before: of eight years they were nine tenths of all values."""

GROUP_BYS = {
    "company": COMPANY,
    "organisation": BRANCH,
    "channel": "channel",
    "product": "product",
    "intermediary": "intermediary",
    "segment": "segment",
}
"""What MetricFlow calls each part of a dimension set."""

COLUMNS = {
    "company": "organisation_code",
    "organisation": "organisation_code",
    "channel": "channel_code",
    "product": "product_code",
    "intermediary": "intermediary_code",
    "segment": "segment_code",
}
"""The column of metric_values in which the members of each part stand."""

MEMBER_COLUMNS = tuple(dict.fromkeys(COLUMNS.values()))
"""The columns of metric_values that hold members."""

UNKNOWN_MEMBER = "(unknown)"
"""Stands for a member that is missing in the facts, because null means all members."""


def fineness(grain: str) -> int:
    """Where a grain stands in GRAINS; a window is made of months."""
    return GRAINS.index("month" if grain in WINDOWS else grain)


def parts_of(dimension_set: str) -> tuple[str, ...]:
    """The parts of a dimension set; none for `total`."""
    return () if dimension_set == "total" else tuple(dimension_set.split("+"))


def dimension_sets_for(grain: str, dimensions: Iterable[str], has_companies: bool) -> tuple[str, ...]:
    """The dimension sets published at a grain or window for a metric that may be cut by `dimensions`."""
    allowed = set(dimensions)
    if "organisation" in allowed and has_companies:
        allowed.add("company")
    candidates = DAY_DIMENSION_SETS if grain == "day" else WINDOW_DIMENSION_SETS if grain in WINDOWS else DIMENSION_SETS
    return tuple(s for s in candidates if set(parts_of(s)) <= allowed)
