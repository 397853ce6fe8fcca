"""The workbook: a row a metric in each language, no formula, the same bytes for the same dictionary."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from metrics_dictionary.definitions import Dictionary, find_manifest
from metrics_dictionary.exports.publication import Publication
from metrics_dictionary.exports.workbook import formula_text, headings, workbook_bytes
from metrics_dictionary.targets import read_targets

PUBLISHED = Publication("v1", date(2024, 2, 20), True)


@pytest.fixture
def book(tiny_dictionary: Dictionary, tiny_targets: Path) -> Workbook:
    """The tiny dictionary's workbook, read back."""
    return load_workbook(io.BytesIO(workbook_bytes(tiny_dictionary, read_targets(tiny_targets), PUBLISHED)))


def test_one_row_a_metric_in_each_language(book: Workbook, tiny_dictionary: Dictionary) -> None:
    assert book.sheetnames == ["说明 Read me", "指标字典", "Metrics dictionary", "目标值 Targets"]
    for sheet, language in ((book["指标字典"], "zh"), (book["Metrics dictionary"], "en")):
        rows = list(sheet.iter_rows(values_only=True))
        assert list(rows[0]) == [column[language] for column in headings()["metrics"].values()]
        assert [row[0] for row in rows[1:]] == list(tiny_dictionary.catalogue)
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    chinese = dict(zip(headings()["metrics"], next(r for r in book["指标字典"].values if r[0] == "answer_rate"), strict=True))
    assert chinese["name"] == "指标answer_rate"
    assert chinese["formula"] == "answered_count / contact_count"
    assert (chinese["unit"], chinese["direction"]) == ("比率", "越高越好")
    assert chinese["dimensions"].startswith("机构")
    assert chinese["grains"].startswith("日、月")
    assert chinese["valid_from"] == datetime(2015, 1, 1)


def test_targets_and_read_me(book: Workbook, tiny_dictionary: Dictionary) -> None:
    rows = [dict(zip(headings()["targets"], row, strict=True)) for row in book["目标值 Targets"].values]
    assert rows[0]["target_value"] == "目标值 Target"
    assert [(r["metric_code"], r["organisation_code"], r["target_value"]) for r in rows[1:]] == [
        ("answer_rate", None, 0.9),
        ("answer_rate", "LIFE_SH", 0.4),
        ("written_premium", None, 300.31),
    ]
    assert (rows[2]["kind"], rows[3]["grain"], rows[3]["valid_to"]) == ("监管要求 Regulation", "月 Month", datetime(2023, 12, 31))
    facts = dict(list(book["说明 Read me"].values)[2:7])
    assert facts["指标数 Metrics"] == len(tiny_dictionary.catalogue)
    assert facts["数据截至 Data as of"] == datetime(2024, 2, 20)
    assert facts["字典哈希（SHA-256） Dictionary hash (SHA-256)"] == tiny_dictionary.hash


def test_text_never_becomes_a_formula(book: Workbook) -> None:
    sheet = book["目标值 Targets"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "=T1")
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert not [c.coordinate for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_the_same_dictionary_gives_the_same_bytes(tiny_dictionary: Dictionary, tiny_targets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = workbook_bytes(tiny_dictionary, read_targets(tiny_targets), None)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert workbook_bytes(Dictionary(tiny_dictionary.path), read_targets(tiny_targets), None) == first
    modified = load_workbook(io.BytesIO(first)).properties.modified
    assert modified == datetime(2000, 1, 1)


def test_formulas_name_what_they_are_made_of(tiny_dictionary: Dictionary) -> None:
    texts = {code: formula_text(metric, tiny_dictionary) for code, metric in tiny_dictionary.catalogue.items()}
    assert texts["written_premium"].startswith("sum(")
    assert texts["premium_growth"].startswith("(premium_amount - premium_amount before interval 1 year) / NULLIF(")
    assert all(texts.values())


def test_the_chinese_sheet_of_the_project_is_chinese(fixture_folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBT_TARGET_PATH", raising=False)
    dictionary = Dictionary(find_manifest(fixture_folder))
    book = load_workbook(io.BytesIO(workbook_bytes(dictionary, read_targets(), None)))
    columns = headings()["metrics"]
    rows = [dict(zip(columns, row, strict=True)) for row in list(book["指标字典"].values)[1:]]
    assert len(rows) == len(dictionary.catalogue)
    worded = ["definition", *(name for name, column in columns.items() if "group" in column)]
    left = {(r["code"], name, r[name]) for r in rows for name in worded if r[name] and not re.search("[\u4e00-\u9fff‱]", r[name])}
    assert left == set()
