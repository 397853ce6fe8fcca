"""The dictionary as an Excel workbook: one sheet of metrics in each language, the targets, and a read-me.

The same dictionary, targets and publication give the same bytes. To add a column, name it in headings.yml and give its value
in `_facts`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from metrics_dictionary.definitions import Dictionary, Metric
from metrics_dictionary.exports.publication import Publication
from metrics_dictionary.formulas import formula_of
from metrics_dictionary.labels import label
from metrics_dictionary.targets import Target

HEADINGS = Path(__file__).with_name("headings.yml")
LANGUAGES = ("zh", "en")
SEPARATORS = {"zh": "、", "en": ", "}
FONT = "Microsoft YaHei"
"""Has both scripts; programs without it take their own font for both."""
WRITTEN_AT = datetime(2000, 1, 1)
"""Stands in the file's properties, because the hour of writing would make every file differ."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NUMBERS = ("target_value", "amber_value", "red_value")


def workbook_bytes(dictionary: Dictionary, targets: Mapping[str, Sequence[Target]], publication: Publication | None) -> bytes:
    """The workbook as a file's content; `publication` is None where nothing has been published."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "Zhicang"
    book.properties.created = WRITTEN_AT
    names = headings()["sheets"]
    _write_read_me(book.create_sheet(names["read_me"]), dictionary, targets, publication)
    for language in LANGUAGES:
        columns = headings()["metrics"]
        rows = [_worded(_facts(metric, dictionary, language), columns, language) for metric in dictionary.catalogue.values()]
        _write_table(book.create_sheet(names[language]), columns, [column[language] for column in columns.values()], rows)
    columns = headings()["targets"]
    both = [f"{column['zh']} {column['en']}" for column in columns.values()]
    _write_table(book.create_sheet(names["targets"]), columns, both, _target_rows(dictionary, targets))
    return _saved(book)


@cache
def headings() -> dict[str, dict[str, Any]]:
    """Words and widths: `sheets`, the columns of `metrics` and `targets`, and the lines of `read_me`."""
    return yaml.safe_load(HEADINGS.read_text(encoding="utf-8"))


def formula_text(metric: Metric, dictionary: Dictionary) -> str:
    """How a metric is computed from measures and metrics, by their codes: `claim_days / claim_count`."""
    if metric.kind == "ratio":
        return " / ".join(metric.type_params[side]["name"] for side in ("numerator", "denominator"))
    formula = formula_of(metric, dictionary)
    if formula and metric.kind == "derived":
        return formula.value.replace('"', "")
    if metric.kind == "derived":
        names = {part.get("alias") or part["name"]: part["name"] for part in metric.input_metrics}
        return re.sub(r"\w+", lambda word: names.get(word[0], word[0]), str(metric.type_params["expr"]))
    return " + ".join(f"{m.aggregation}({m.name})" for m in dictionary.measures_of(metric))


def _facts(metric: Metric, dictionary: Dictionary, language: str) -> dict[str, Any]:
    """The values of one row by column, codes not yet put in words."""
    governance = metric.governance.model_dump()
    parameters = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value for name, value in governance["parameters"].items()
    }
    return governance | {
        "code": metric.name,
        "name": governance[f"name_{language}"],
        "definition": governance[f"definition_{language}"],
        "formula": formula_text(metric, dictionary),
        "parameters": "\n".join(f"{name}: {value}" for name, value in parameters.items()),
    }


def _worded(facts: Mapping[str, Any], columns: Mapping[str, Mapping[str, Any]], language: str) -> list[Any]:
    """The values in the order of the columns, codes and lists of codes in words of the language."""
    row = []
    for name, column in columns.items():
        value = facts[name]
        if isinstance(value, tuple):
            value = SEPARATORS[language].join(label(column["group"], code, language) for code in value)
        elif "group" in column:
            value = label(column["group"], value, language)
        row.append(value)
    return row


def _target_rows(dictionary: Dictionary, targets: Mapping[str, Sequence[Target]]) -> Iterable[list[Any]]:
    """One row per target of a catalogue metric; coded values in both languages."""
    for code, metric in dictionary.catalogue.items():
        for target in targets.get(code, ()):
            facts = {"name_zh": metric.governance.name_zh, "name_en": metric.governance.name_en} | target
            row = []
            for name, column in headings()["targets"].items():
                value = facts.get(name)
                if value and name in NUMBERS:
                    value = Decimal(value)
                elif value and name in {"valid_from", "valid_to"}:
                    value = date.fromisoformat(value)
                elif value and "group" in column:
                    value = " ".join(label(column["group"], value, language) for language in LANGUAGES)
                row.append(value)
            yield row


def _write_table(sheet: Worksheet, columns: Mapping[str, Mapping[str, Any]], header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    _write_row(sheet, 1, header, Font(name=FONT, size=10, bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3A5F"))
    for number, row in enumerate(rows, start=2):
        _write_row(sheet, number, row, Font(name=FONT, size=10))
    for position, column in enumerate(columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(position)].width = column["width"]
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.sheet_view.zoomScale = 90


def _write_read_me(
    sheet: Worksheet, dictionary: Dictionary, targets: Mapping[str, Sequence[Target]], publication: Publication | None
) -> None:
    words = headings()["read_me"]
    facts = {
        "metric_count": len(dictionary.catalogue),
        "target_count": sum(1 for _ in _target_rows(dictionary, targets)),
        "as_of_date": publication.as_of_date if publication else " ".join(words["unpublished"].values()),
        "published_version": publication.version if publication else " ".join(words["unpublished"].values()),
        "dictionary_sha256": dictionary.hash,
    }
    _write_row(sheet, 1, [words["title"]["zh"], words["title"]["en"]], Font(name=FONT, size=14, bold=True))
    for number, (name, value) in enumerate(facts.items(), start=3):
        _write_row(sheet, number, [f"{words[name]['zh']} {words[name]['en']}", value], Font(name=FONT, size=10))
    notes = [text for name, text in words.items() if name.startswith("note_")]
    for number, text in enumerate(notes, start=4 + len(facts)):
        _write_row(sheet, number, [text["zh"], text["en"]], Font(name=FONT, size=10))
    sheet.column_dimensions["A"].width = 60
    sheet.column_dimensions["B"].width = 80


def _write_row(sheet: Worksheet, number: int, values: Sequence[Any], font: Font, fill: PatternFill | None = None) -> None:
    """Write values as they are; text that a spreadsheet would compute is marked as text."""
    for position, value in enumerate(values, start=1):
        cell = sheet.cell(number, position, value)
        cell.font = font
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        if fill:
            cell.fill = fill
        if isinstance(value, str):
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(FORMULA_STARTS)
        elif isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"


def _saved(book: Workbook) -> bytes:
    """The file, with the times taken out that the library and the archive put in."""
    written, fixed = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + f"{WRITTEN_AT.isoformat()}Z".encode(), content)
            target.writestr(zipfile.ZipInfo(entry.filename, WRITTEN_AT.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
