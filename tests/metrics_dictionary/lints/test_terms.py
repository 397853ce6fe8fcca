"""The glossary's words in the texts of metrics: a term said in other words is found, a longer term hides the shorter."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from metrics_dictionary.errors import MetricsError
from metrics_dictionary.lints.terms import Glossary, read_glossary, term_findings

TABLE = """# Glossary

| 中文 | English | Also in texts | Meaning here |
| --- | --- | --- | --- |
| 核销日 | accounting date | booked | The day |
| 核销 | redemption | | Use of a coupon |
| 坏账、核销 | bad debt, write-off | 核销: written off | Gone |
| 退保、失效 | surrender, lapse | 退保: given up, handed back; 失效: expired | Ended |
| 规模保费 | scale premium, (gross) premium booked | | All of it |
| 口径 | definition | * | What it means |
"""


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    """The glossary of the table above."""
    return read_glossary(written(tmp_path, TABLE))


def written(folder: Path, text: str) -> Path:
    """A glossary page of that text."""
    page = folder / "glossary.md"
    page.write_text(text, encoding="utf-8")
    return page


def findings(glossary: Glossary, chinese: str, english: str) -> list[str]:
    """What is found of one metric with these definitions."""
    texts = {"name_zh": "指标", "name_en": "Metric", "definition_zh": chinese, "definition_en": english}
    metric = SimpleNamespace(governance=SimpleNamespace(**texts))
    return [finding.sentence for finding in term_findings(SimpleNamespace(catalogue={"some_metric": metric}), glossary)]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("退保件数", "Policies surrendered."),
        ("退保件数", "Surrenders of the period."),
        ("退保件数", "Policies handed back."),
        ("按核销日归期", "By the day it is booked."),
        ("核销率", "Share of coupons in REDEMPTION."),
        ("已核销贷款", "Loans written off."),
        ("规模保费", "Premium booked."),
        ("口径", "Whatever."),
        ("没有术语", "No term."),
    ],
)
def test_terms_said_with_the_glossarys_words(glossary: Glossary, chinese: str, english: str) -> None:
    assert findings(glossary, chinese, english) == []


@pytest.mark.parametrize(
    ("chinese", "english", "term"),
    [
        ("退保件数", "Policies cancelled.", "退保"),
        ("失效件数", "Policies surrendered.", "失效"),
        ("按核销日归期", "By date of redemption.", "核销日"),
        ("核销率", "By the day it is booked.", "核销"),
        ("规模保费", "Premium received.", "规模保费"),
    ],
)
def test_terms_said_in_other_words(glossary: Glossary, chinese: str, english: str, term: str) -> None:
    (sentence,) = findings(glossary, chinese, english)
    assert sentence.startswith(f"metric some_metric: the Chinese text says {term}, the English one has no '")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| 退保 | surrender | Ended |", "line 5: a row has the columns"),
        ("| 退保、失效 | surrender, lapse | given up | Ended |", "'given up' names no term of its row"),
        ("| 退保、失效 | surrender, lapse | 复效: back | Ended |", "'复效: back' names no term of its row"),
    ],
)
def test_rows_that_cannot_be_read(tmp_path: Path, row: str, expected: str) -> None:
    with pytest.raises(MetricsError, match=expected):
        read_glossary(written(tmp_path, "\n".join([*TABLE.splitlines()[:4], row])))


def test_the_projects_glossary_can_be_read() -> None:
    forms = read_glossary().forms
    assert forms["核销"] == ("redemption", "redeem", "write-off", "written off")
    assert forms["口径"] == ()
