"""The sentence that says why a metric is not trusted."""

from __future__ import annotations

from datetime import datetime

import pytest

from dashboards.components.texts import Words
from dashboards.components.trust import trust_note, trust_word

REASON = {
    "reason": "failed",
    "table_name": "master_data/customer",
    "column_name": "birth_date",
    "expectation": "expect_column_values_to_not_be_null",
    "checked_at": datetime(2025, 4, 18, 6, 10),
    "rows_failing": 1200,
    "uses": ["filter"],
    "reason_count": 1,
}


@pytest.mark.parametrize(
    ("change", "chinese", "english"),
    [
        (
            {},
            "字段 master_data/customer.birth_date 的校验“不得为空”未通过：1,200 行不符合；该指标以它为筛选条件。",
            'Check "never empty" of column master_data/customer.birth_date failed on 1,200 rows; this metric uses it as a filter.',
        ),
        (
            {"column_name": None, "rows_failing": None, "uses": ["rows"], "expectation": "policies_reconcile"},
            "表 master_data/customer 的校验“policies_reconcile”未通过；该指标取用它的记录。",
            'Check "policies_reconcile" of table master_data/customer failed; this metric uses it for which records count.',
        ),
        (
            {"expectation": "relationships_fct_policies_organisation_code__organisation_code__ref_dim_organisation_"},
            "字段 master_data/customer.birth_date 的校验“编码在参照表中”未通过：1,200 行不符合；该指标以它为筛选条件。",
            'Check "code exists in its table" of column master_data/customer.birth_date failed on 1,200 rows; '
            "this metric uses it as a filter.",
        ),
        (
            {"reason": "stale"},
            "字段 master_data/customer.birth_date 在上次校验“不得为空”（2025-04-18）"
            "之后又有新数据到达，尚未重新校验；该指标以它为筛选条件。",
            'Data of column master_data/customer.birth_date came after its check "never empty" last ran (2025-04-18); '
            "this metric uses it as a filter.",
        ),
        (
            {"reason_count": 3},
            "字段 master_data/customer.birth_date 的校验“不得为空”未通过：1,200 行不符合；该指标以它为筛选条件。 另有 2 项原因。",
            'Check "never empty" of column master_data/customer.birth_date failed on 1,200 rows; this metric uses it as a filter. '
            "2 more reasons.",
        ),
    ],
)
def test_a_reason_is_told_in_both_languages(change: dict, chinese: str, english: str) -> None:
    assert trust_note("failed", REASON | change, Words("zh")) == chinese
    assert trust_note("failed", REASON | change, Words("en")) == english


def test_not_checked_stale_failed_and_passed_are_four_different_words() -> None:
    for language in ("zh", "en"):
        say = Words(language)
        marks = [("passed", None), ("not_checked", None), ("failed", REASON), ("failed", REASON | {"reason": "stale"})]
        assert len({trust_word(trust, reason, say) for trust, reason in marks}) == 4
        assert trust_note("passed", None, say) == ""
        assert trust_note("not_checked", None, say) != ""
        assert trust_word(None, None, say) == trust_word("not_checked", None, say)
