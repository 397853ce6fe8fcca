"""The 181 metrics of the specification: each is defined, said in both languages, checked by hand, and has values."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.definition_files import read_definition_files
from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from tests.metrics.checking import check_query_files
from tests.metrics.test_check_queries import known_answers

SPECIFIED = Path(__file__).with_name("specified_metrics.csv")
SPECIFICATION = PROJECT_ROOT.parent / "shared" / "spec" / "metrics.csv"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SQL_WORDS = re.compile(r"\b(sum\(|count\(|coalesce|nullif|group by|left join|is null|fct_|agg_|dim_|stg_)", re.IGNORECASE)


def specified_codes() -> list[str]:
    """The codes of the specification, in its order."""
    return [row["metric_code"] for row in csv.DictReader(SPECIFIED.read_text(encoding="utf-8").splitlines())]


@pytest.fixture(scope="module")
def meanings() -> dict[str, dict[str, str]]:
    """The governance block of every metric definition, by name."""
    files, problems = read_definition_files()
    assert problems == []
    blocks = {m["name"]: (m.get("config") or {}).get("meta") for file in files for m in file.entries("metrics")}
    return {name: block for name, block in blocks.items() if block}


def test_the_list_has_181_codes_and_is_that_of_the_specification() -> None:
    codes = specified_codes()
    assert (len(codes), len(set(codes))) == (181, 181)
    if not SPECIFICATION.exists():
        pytest.skip(f"{SPECIFICATION} is not here; the list in this folder stands for it")
    rows = csv.DictReader(SPECIFICATION.read_text(encoding="utf-8-sig").splitlines())
    assert codes == [row["code"] for row in rows]


def test_every_one_is_said_in_both_languages_without_sql(meanings: dict[str, dict[str, str]]) -> None:
    assert [code for code in specified_codes() if code not in meanings] == []
    unsaid = [
        name
        for name, block in meanings.items()
        if len(CHINESE.findall(block["definition_zh"])) < 8
        or len(block["definition_en"].split()) < 5
        or CHINESE.search(block["definition_en"])
    ]
    assert unsaid == [], "a definition is a sentence in each language"
    technical = [name for name, block in meanings.items() if SQL_WORDS.search(f"{block['definition_zh']} {block['definition_en']}")]
    assert technical == [], "a definition is written for a reader who does not know SQL"


def test_every_one_has_a_check_query_with_known_answers() -> None:
    answers = Counter(row["metric_code"] for row in known_answers())
    queries = check_query_files()
    assert [code for code in specified_codes() if code not in queries or answers[code] < 2] == []


def test_check_queries_read_deliveries_and_never_models() -> None:
    reading = re.compile(r"\b(marts|intermediate|published|metrics)\.|\b(fct|agg|dim|int|stg)_\w+", re.IGNORECASE)
    wrong = {}
    for name, file in check_query_files().items():
        statement = "\n".join(line.split("--")[0] for line in file.read_text(encoding="utf-8").splitlines())
        if found := sorted({match.group(0) for match in reading.finditer(statement)}):
            wrong[name] = found
    assert wrong == {}


def test_every_one_has_values(fixture_folder: DataFolder) -> None:
    with duckdb.connect(str(fixture_folder.published_database.resolve(strict=True)), read_only=True) as connection:
        valued = dict(
            connection.execute("select metric_code, count(value) from metric_values where dimension_set = 'total' group by all").fetchall()
        )
    assert [code for code in specified_codes() if not valued.get(code)] == []
