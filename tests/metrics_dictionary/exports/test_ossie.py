"""The Ossie document: it keeps to the specification, what it refers to is there, and its expressions give the published values."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlglot
import yaml
from sqlglot import exp

from metrics_dictionary.definitions import Dictionary, find_manifest
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.exports.expressions import Expressions
from metrics_dictionary.exports.ossie import ossie_yaml
from metrics_dictionary.targets import read_targets
from tests.metrics_dictionary.exports.ossie_schema import Document


def _check(text: str, dictionary: Dictionary) -> dict[str, Any]:
    content = yaml.safe_load(text)
    document = Document.model_validate(content)
    fields = {dataset.name: {f.name for f in dataset.fields} for dataset in document.datasets}
    assert len(fields) == len(document.datasets) == len(dictionary.semantic_models)
    for dataset in document.datasets:
        assert not [name for name, count in Counter(f.name for f in dataset.fields).items() if count > 1], dataset.name
        assert set(dataset.primary_key) <= fields[dataset.name]
    keys = {dataset.name: dataset.primary_key for dataset in document.datasets}
    assert len({r.name for r in document.relationships}) == len(document.relationships) > 0
    for relationship in document.relationships:
        assert set(relationship.from_columns) <= fields[relationship.from_dataset]
        assert relationship.to_columns == keys[relationship.to]
    assert [m.name for m in document.metrics] == list(dictionary.catalogue)
    for entry in [*document.metrics, *(f for dataset in document.datasets for f in dataset.fields)]:
        for dialect in entry.expression.dialects:
            assert sqlglot.parse_one(dialect.expression), entry.name
    for metric in document.metrics:
        columns = list(sqlglot.parse_one(metric.expression.dialects[0].expression).find_all(exp.Column))
        assert columns, metric.name
        assert all(column.name in fields[column.table] for column in columns), metric.name
        facts = metric.custom_extensions[0].data
        assert {"unit", "owner", "version", "valid_from", "definition_zh", "time_fields"} <= set(facts)
        assert metric.ai_context.synonyms[0] == facts["name_zh"]
        assert all(place.split(".")[1] in fields[place.split(".")[0]] for place in facts["time_fields"])
    return content


def test_a_document_keeps_to_the_specification_and_refers_to_what_is_there(tiny_dictionary: Dictionary, tiny_targets: Path) -> None:
    text = ossie_yaml(tiny_dictionary, read_targets(tiny_targets))
    assert text == ossie_yaml(Dictionary(tiny_dictionary.path), read_targets(tiny_targets))
    metrics = {m["name"]: m for m in _check(text, tiny_dictionary)["metrics"]}
    assert [t["target_value"] for t in metrics["answer_rate"]["custom_extensions"][0]["data"]["targets"]] == ["0.9", "0.4"]


def test_every_metric_of_the_project_is_exported(fixture_folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBT_TARGET_PATH", raising=False)
    dictionary = Dictionary(find_manifest(fixture_folder))
    assert len(dictionary.catalogue) >= 292
    _check(ossie_yaml(dictionary, read_targets()), dictionary)


def _written(dictionary: Dictionary, code: str) -> tuple[str, tuple[str, ...]]:
    expression = Expressions(dictionary).of(dictionary.metric(code))
    return expression.sql, expression.conditions


def test_expressions(tiny_dictionary: Dictionary) -> None:
    assert _written(tiny_dictionary, "answer_rate") == (
        "CAST(SUM(CASE WHEN fct_contacts.answered_count THEN 1 ELSE 0 END) AS DOUBLE PRECISION)"
        " / NULLIF(SUM(fct_contacts.contact_count), 0)",
        (),
    )
    snapshot = "Take agg_in_force_daily.in_force_count on the last agg_in_force_daily.snapshot_date of the period only"
    assert _written(tiny_dictionary, "in_force")[1][0].startswith(snapshot)
    growth, conditions = _written(tiny_dictionary, "premium_growth")
    assert "LAG(SUM(agg_premiums_daily.premium_amount), 1) OVER (ORDER BY MIN(agg_premiums_daily.accounting_date))" in growth
    assert conditions == ("Group by agg_premiums_daily.accounting_date per year, with a row for every year.",)
    to_date, conditions = _written(tiny_dictionary, "premium_to_date")
    assert "PARTITION BY EXTRACT(YEAR FROM MIN(agg_premiums_daily.accounting_date))" in to_date
    assert conditions[0].endswith("the value of a longer period is that of its last day.")
    twelve_months, conditions = _written(tiny_dictionary, "premium_of_12_months")
    assert "ROWS BETWEEN 11 PRECEDING AND CURRENT ROW" in twelve_months
    assert "per month" in conditions[0]


def test_a_kind_that_is_no_expression_is_refused(tiny_dictionary: Dictionary) -> None:
    metric = tiny_dictionary.metric("written_premium")
    conversion = type(metric)(metric.name, metric.label, "conversion", {}, None, metric.governance)
    with pytest.raises(MetricsError, match=r"metric written_premium cannot be written as one expression: .* conversion metric; define it"):
        Expressions(tiny_dictionary).of(conversion)


def _value(connection: duckdb.DuckDBPyConnection, document: dict[str, Any], code: str, first: date, last: date) -> float | None:
    """What a reader of the document computes for one period: each aggregate over its dataset's rows, then the arithmetic."""
    metric = next(m for m in document["metrics"] if m["name"] == code)
    facts = metric["custom_extensions"][0]["data"]
    tree = exp.Paren(this=sqlglot.parse_one(metric["expression"]["dialects"][0]["expression"]))
    for aggregate in [a for a in tree.find_all(exp.AggFunc) if not a.find_ancestor(exp.AggFunc)]:
        column = next(aggregate.find_all(exp.Column))
        time = next(t for t in facts["time_fields"] if t.startswith(f"{column.table}."))
        rows = f"{time} between date '{first}' and date '{last}'"
        if any(c.startswith(f"Take {column.sql()} on the last {time}") for c in facts.get("conditions", [])):
            rows += f" and {time} = (select max({time}) from {column.table} where {rows})"
        aggregate.replace(sqlglot.parse_one(f"(select {aggregate.sql()} from {column.table} where {rows})"))
    return connection.execute(f"select {tree.sql('duckdb')}").fetchone()[0]


def test_expressions_give_the_published_values(tiny_warehouse, tiny_dictionary: Dictionary) -> None:
    document = yaml.safe_load(ossie_yaml(tiny_dictionary, {}))
    codes = ("written_premium", "answer_rate", "in_force", "customers_served", "shortest_wait", "contacts_per_100m")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{tiny_warehouse.database}' as zhicang (read_only)")
        for dataset in document["datasets"]:
            columns = ", ".join(f"{f['expression']['dialects'][0]['expression']} as {f['name']}" for f in dataset["fields"])
            connection.execute(f"create view {dataset['name']} as select {columns} from {dataset['source']}")
        published = connection.execute(
            """
            select metric_code, period_start_date, least(period_end_date, date '2024-02-20'), value from zhicang.metrics.metric_values
            where dimension_set = 'total' and grain = 'month' and list_contains(?, metric_code)
            """,
            [list(codes)],
        ).fetchall()
        assert {row[0] for row in published} == set(codes)
        for code, first, last, value in published:
            assert float(_value(connection, document, code, first, last)) == pytest.approx(value), (code, first)
