"""Numbers as executives read them, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.components.formatting import (
    axis_scale,
    change_verdict,
    format_change,
    format_period,
    format_value,
)
from dashboards.components.texts import Words

ZH, EN = Words("zh"), Words("en")


@pytest.mark.parametrize(
    ("value", "unit", "form", "chinese", "english"),
    [
        (293_305_200.0, "yuan", "amount", "2.93亿元", "CNY 293.3m"),
        (12_345_678_901.0, "yuan", "amount", "123.46亿元", "CNY 12.35bn"),
        (79_324_260.0, "yuan", "amount", "7,932.4万元", "CNY 79.3m"),
        (9_999.0, "yuan", "amount", "9,999元", "CNY 10.0k"),
        (12.5, "yuan", "amount", "12.50元", "CNY 12.50"),
        (-25_000.0, "yuan", "amount", "-2.5万元", "CNY -25.0k"),
        (0, "yuan", "amount", "0.00元", "CNY 0.00"),
        (172_568, "count", "integer", "17.3万件", "173k"),
        (1_725_680, "count", "integer", "172.6万件", "1.73m"),
        (2_103, "count", "integer", "2,103件", "2,103"),
        (0.902, "ratio", "percent", "90.2%", "90.2%"),
        (0.9867, "ratio", "percent", "98.7%", "98.7%"),
        (0.9997, "ratio", "percent", "99.97%", "99.97%"),
        (1.0, "ratio", "percent", "100.0%", "100.0%"),
        (0.00001929, "ratio", "permyriad", "0.19‱", "0.19‱"),
        (0.227, "per_10k_policies", "decimal_2", "0.23件/万张", "0.23 per 10k policies"),
        (16.84, "days", "decimal_1", "16.8天", "16.8 days"),
        (452.26, "yuan_per_policy", "integer", "452元/件", "452 CNY per policy"),
        (0.41, "ratio", "decimal_2", "0.41", "0.41"),
        (None, "yuan", "amount", "—", "—"),
        (float("nan"), "ratio", "percent", "—", "—"),
    ],
)
def test_values_carry_the_unit_readers_expect(value: float | None, unit: str, form: str, chinese: str, english: str) -> None:
    assert format_value(value, unit, form, ZH) == chinese
    assert format_value(value, unit, form, EN) == english


@pytest.mark.parametrize(
    ("change", "kind", "unit", "form", "chinese", "english"),
    [
        (0.1118, "ratio", "yuan", "amount", "+11.2%", "+11.2%"),
        (-0.0132, "ratio", "yuan", "amount", "-1.3%", "-1.3%"),
        (0.0132, "difference", "ratio", "percent", "+1.32个百分点", "+1.32 pp"),
        (-0.0000002, "difference", "ratio", "permyriad", "-0.002‱", "-0.002‱"),
        (-0.00001, "difference", "ratio", "percent", "持平", "flat"),
        (0.0, "ratio", "yuan", "amount", "持平", "flat"),
        (0.04, "difference", "score", "decimal_2", "+0.04", "+0.04"),
        (None, "ratio", "yuan", "amount", "—", "—"),
    ],
)
def test_changes_are_per_cent_or_points_never_minus_zero(
    change: float | None, kind: str, unit: str, form: str, chinese: str, english: str
) -> None:
    assert format_change(change, kind, unit, form, ZH) == chinese
    assert format_change(change, kind, unit, form, EN) == english


@pytest.mark.parametrize(
    ("change", "direction", "verdict"),
    [
        (0.1, "higher", "better"),
        (-0.1, "higher", "worse"),
        (0.1, "lower", "worse"),
        (-0.1, "lower", "better"),
        (0.1, "neutral", "even"),
        (0.0, "higher", "even"),
        (None, "lower", "even"),
    ],
)
def test_a_change_is_judged_by_the_metrics_direction(change: float | None, direction: str, verdict: str) -> None:
    assert change_verdict(change, direction) == verdict


def test_periods_have_names_in_both_languages() -> None:
    day = date(2025, 4, 1)
    assert [format_period(day, grain, ZH) for grain in ("month", "quarter", "year")] == [
        "2025年4月",
        "2025年二季度",
        "2025年",
    ]
    assert [format_period(day, grain, EN) for grain in ("month", "quarter", "year")] == ["Apr 2025", "Q2 2025", "2025"]


def test_axes_are_scaled_to_the_unit_named_on_them() -> None:
    assert axis_scale(3e8, "yuan", "amount", ZH) == (1e-8, "亿元")
    assert axis_scale(3e8, "yuan", "amount", EN) == (1e-6, "CNY m")
    assert axis_scale(0.9, "ratio", "percent", ZH) == (100, "%")
    assert axis_scale(2e5, "count", "integer", ZH) == (1e-4, "万件")
    assert axis_scale(12, "days", "decimal_1", EN) == (1, "days")
