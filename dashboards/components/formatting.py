"""Numbers as a reader expects them, by the catalogue's unit and format: 亿 and 万 in Chinese, m and bn in English."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pandas as pd

from dashboards.components.texts import Words

NOTHING = "—"
# Steps, biggest first: from which size on, what one step is worth, what it is called, digits after the point.
Steps = tuple[tuple[float, float, str, int], ...]
AMOUNT_STEPS: dict[str, Steps] = {
    "zh": ((1e8, 1e8, "亿", 2), (1e4, 1e4, "万", 1)),
    "en": ((1e9, 1e9, "bn", 2), (1e6, 1e6, "m", 1), (1e3, 1e3, "k", 1)),
}
COUNT_STEPS: dict[str, Steps] = {
    "zh": ((1e8, 1e8, "亿", 2), (1e5, 1e4, "万", 1)),
    "en": ((1e9, 1e9, "bn", 2), (1e6, 1e6, "m", 2), (1e5, 1e3, "k", 0)),
}
PER_CENT = 100
PER_TEN_THOUSAND = 10_000


def is_missing(value: Any) -> bool:
    """Whether there is no number: null or not a number."""
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)) or value != value


def _stepped(value: float, steps: Steps, digits: int) -> str:
    for start, step, word, step_digits in steps:
        if abs(value) >= start:
            return f"{value / step:,.{step_digits}f}{word}"
    return f"{value:,.{digits}f}"


def format_parts(value: Any, unit: str, form: str, words: Words) -> tuple[str, str]:
    """(number, unit) of a metric's value, as short as an executive needs it; a dash where there is none."""
    if is_missing(value):
        return NOTHING, ""
    number = float(value)
    if form == "amount":
        stepped = _stepped(number, AMOUNT_STEPS[words.language], 0 if abs(number) >= PER_CENT else 2)
        return (stepped, "元") if words.language == "zh" else (f"CNY {stepped}", "")
    if form == "percent":
        return f"{number * PER_CENT:.{_percent_digits(number)}f}%", ""
    if form == "permyriad":
        return f"{number * (PER_TEN_THOUSAND if unit == 'ratio' else 1):.2f}‱", ""
    return _plain(number, form, words), _unit_name(unit, words)


def format_value(value: Any, unit: str, form: str, words: Words) -> str:
    """A metric's value with its unit in one text."""
    return _join_unit(*format_parts(value, unit, form, words), words)


def _percent_digits(ratio: float) -> int:
    """One digit; two where one would hide a miss of a target just under 100 %, such as 99.97 %."""
    return 2 if 0.99 < abs(ratio) < 1 else 1


def _plain(number: float, form: str, words: Words) -> str:
    digits = {"decimal_1": 1, "decimal_2": 2, "decimal_3": 3}.get(form, 0)
    return _stepped(number, COUNT_STEPS[words.language], 0) if digits == 0 else f"{number:,.{digits}f}"


def _unit_name(unit: str, words: Words) -> str:
    """The unit's word; none for pure numbers and statistics, nor for counts in English, whose name says what is counted."""
    return "" if unit in ("ratio", "score") or (unit == "count" and words.language == "en") else words.of("unit", unit)


def _join_unit(number: str, unit: str, words: Words) -> str:
    return f"{number}{unit}" if words.language == "zh" else f"{number} {unit}".strip()


def format_change(change: Any, kind: Any, unit: str, form: str, words: Words) -> str:
    """A change with its sign: per cent of the earlier value, or the difference in points or in the metric's unit.

    A change too small to show at these digits is called unchanged, never -0.0.
    """
    if is_missing(change):
        return NOTHING
    number = abs(float(change))
    if kind == "ratio":
        shown = f"{number * PER_CENT:,.1f}%"
    elif form == "percent":
        shown = f"{number * PER_CENT:.2f}{words('change.points')}"
    elif form == "permyriad":
        shown = f"{number * (PER_TEN_THOUSAND if unit == 'ratio' else 1):.3f}‱"
    elif form == "amount":
        shown = _join_unit(_stepped(number, AMOUNT_STEPS[words.language], 0), _unit_name("yuan", words), words)
    else:
        shown = _join_unit(_plain(number, form, words), _unit_name(unit, words), words)
    if not any(digit in shown for digit in "123456789"):
        return words("change.none")
    return ("-" if float(change) < 0 else "+") + shown


def change_verdict(change: Any, direction: str) -> str:
    """`better`, `worse` or `even`: what a change means for a metric of this direction."""
    if is_missing(change) or direction == "neutral" or abs(float(change)) < 1e-12:
        return "even"
    return "better" if (float(change) > 0) == (direction == "higher") else "worse"


def format_date(day: Any) -> str:
    """A day as YYYY-MM-DD in both languages; a dash where there is none."""
    return NOTHING if is_missing(day) else f"{day:%Y-%m-%d}"


def format_period(start: date, grain: str, words: Words) -> str:
    """A period's name: 2025年3月 or March 2025, 2025年一季度 or Q1 2025, 2025年 or 2025."""
    quarter = (start.month + 2) // 3
    if words.language == "zh":
        return {
            "month": f"{start.year}年{start.month}月",
            "quarter": f"{start.year}年{'一二三四'[quarter - 1]}季度",
        }.get(grain, f"{start.year}年")
    return {"month": f"{start:%b %Y}", "quarter": f"Q{quarter} {start.year}"}.get(grain, f"{start.year}")


def axis_scale(largest: float, unit: str, form: str, words: Words) -> tuple[float, str]:
    """(factor, unit name) that bring a series to readable axis numbers, chosen by its largest absolute value."""
    if form == "percent":
        return PER_CENT, "%"
    if form == "permyriad":
        return (PER_TEN_THOUSAND if unit == "ratio" else 1), "‱"
    steps = AMOUNT_STEPS[words.language] if form == "amount" else COUNT_STEPS[words.language]
    name = _unit_name(unit, words)
    for start, step, word, _ in steps:
        if abs(largest) >= start:
            return 1 / step, f"{word}{name}" if words.language == "zh" else f"{name} {word}".strip()
    return 1, name
