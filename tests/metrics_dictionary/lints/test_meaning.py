"""Metrics that mean the same: planted twins are found, variants are let be."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.lints.meaning import are_variants, computed_alike, said_alike


def saying(**texts: tuple[str, str, str, str]) -> SimpleNamespace:
    """A dictionary of metrics with name and definition in Chinese and English."""
    fields = ("name_zh", "name_en", "definition_zh", "definition_en")
    metrics = {code: SimpleNamespace(governance=SimpleNamespace(**dict(zip(fields, text, strict=True)))) for code, text in texts.items()}
    return SimpleNamespace(catalogue=metrics)


def test_sound_definitions_are_computed_differently(tiny_dictionary: Dictionary) -> None:
    assert list(computed_alike(tiny_dictionary)) == []


def test_two_metrics_over_one_measure_are_found(changed_dictionary) -> None:
    dictionary = changed_dictionary('"measure": {"name": "rate_weight"', '"measure": {"name": "premium_amount"')
    (found,) = computed_alike(dictionary)
    assert found.sentence.startswith("metric weighted_rate: is computed exactly as written_premium; say in both languages what differs")


def test_equal_formulas_in_other_words_are_found(changed_dictionary) -> None:
    growth = '"expr": "(now_amount - then_amount) / nullif(then_amount, 0)"'
    dictionary = changed_dictionary(growth, '"expr": "-(then_amount - now_amount) / nullif(then_amount, 0)"')
    twin = dictionary.metrics["premium_growth"]
    original = changed_dictionary(growth, growth)
    original.catalogue["premium_growth_twin"] = twin
    assert [(f.subject, f.counterpart) for f in computed_alike(original)] == [("premium_growth", "premium_growth_twin")]


def test_nearly_equal_texts_are_found() -> None:
    paid = "Calendar days from loss to payment of the claims paid in the period, divided by their number."
    dictionary = saying(
        loss_days=("出险支付周期", "Loss to payment", "从出险日到支付日的天数", paid),
        payment_speed=("赔付速度", "Speed of payment", "支付得有多快", paid.replace("divided", "and divided")),
        surrender_rate=("退保率", "Surrender rate", "退保金除以准备金", "Surrenders over reserves."),
        lapse_rate=("退保率", "Lapse rate", "失效件数占比", "Lapsed policies over those in force."),
    )
    found = [finding.sentence for finding in said_alike(dictionary)]
    assert len(found) == 2
    assert found[0].startswith("metric loss_days: config.meta.definition_en is nearly that (98 of 100) of payment_speed; say in both")
    assert found[1].startswith("metric surrender_rate: config.meta.name_zh is that of lapse_rate;")


def test_variants_may_be_close_but_not_equal() -> None:
    text = "Loans disbursed in one month that were 90 days past due by month {} on book, over the principal disbursed."
    dictionary = saying(
        vintage_mob6=("账龄6", "Vintage 6", "第6个月", text.format(6)),
        vintage_mob12=("账龄12", "Vintage 12", "第12个月", text.format(12)),
        vintage_mob18=("账龄18", "Vintage 18", "第18个月", text.format(12)),
    )
    assert not are_variants("vintage_mob6", "vintage_mob12")
    dictionary.catalogue = {code.replace("mob", "rate_mob"): metric for code, metric in dictionary.catalogue.items()}
    assert [(f.subject, f.counterpart) for f in said_alike(dictionary)] == [("vintage_rate_mob12", "vintage_rate_mob18")]


@pytest.mark.parametrize(
    ("code", "other", "expected"),
    [
        ("vintage_90plus", "vintage_90plus_mob6", True),
        ("claim_1d_closing_rate", "claim_5d_closing_rate", True),
        ("open_claims_0_5_days", "open_claims_over_60_days", True),
        ("core_solvency_ratio", "comprehensive_solvency_ratio", False),
        ("surrender_rate", "claim_rate", False),
    ],
)
def test_variants_are_told_by_their_codes(code: str, other: str, expected: bool) -> None:
    assert are_variants(code, other) is expected
    assert are_variants(other, code) is expected
