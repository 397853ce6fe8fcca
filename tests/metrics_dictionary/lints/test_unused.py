"""What is declared and not used, or used and not declared, planted in the tiny project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.lints.unused import unused_findings

NOTHING = '"name": "answer_rate"'


@pytest.fixture
def with_manifest(changed_dictionary):
    """The findings after a change of dbt's manifest, which is handed over with the node of agg_premiums_daily."""

    def findings(change) -> list[str]:
        dictionary: Dictionary = changed_dictionary(NOTHING, NOTHING)
        place: Path = dictionary.path.with_name("manifest.json")
        manifest = json.loads(place.read_text(encoding="utf-8"))
        change(manifest, next(node for node in manifest["nodes"].values() if node["name"] == "agg_premiums_daily"))
        place.write_text(json.dumps(manifest), encoding="utf-8")
        return [finding.sentence for finding in unused_findings(dictionary)]

    return findings


def unread(manifest: dict[str, Any], node: dict[str, Any]) -> None:
    """Give the mart a column."""
    node["columns"]["refund_amount"] = {}


def child(manifest: dict[str, Any], node: dict[str, Any], unique_id: str, **fields: Any) -> None:
    """Let another node read the mart, which has a new column."""
    unread(manifest, node)
    manifest["nodes"][unique_id] = {
        "resource_type": unique_id.partition(".")[0],
        "name": unique_id,
        "columns": {},
        "alias": unique_id,
    } | fields
    manifest["child_map"][node["unique_id"]].append(unique_id)


def test_sound_definitions_leave_nothing_unused(changed_dictionary) -> None:
    assert unused_findings(changed_dictionary(NOTHING, NOTHING)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            '{"name": "rate_weight", "filter"',
            '{"name": "premium_amount", "filter"',
            "semantic model agg_premiums_daily: no metric of the catalogue stands on measure rate_weight; delete it",
        ),
        (
            '"expr": "product_code"',
            '"expr": "product_kode"',
            "dimension or entity product_kode reads column product_kode, which agg_premiums_daily does not declare",
        ),
    ],
)
def test_faults_of_semantic_models(changed_dictionary, old: str, new: str, expected: str) -> None:
    sentences = [finding.sentence for finding in unused_findings(changed_dictionary(old, new))]
    assert any(expected in sentence for sentence in sentences), sentences


def test_a_column_of_an_unused_measure_is_unused_too(changed_dictionary) -> None:
    dictionary = changed_dictionary('{"name": "rate_weight", "filter"', '{"name": "premium_amount", "filter"')
    assert {finding.key for finding in unused_findings(dictionary)} == {
        ("unused_measure", "agg_premiums_daily", "rate_weight"),
        ("unused_column", "agg_premiums_daily", "rate_weight"),
    }


def test_a_column_nobody_reads_is_found(with_manifest) -> None:
    assert with_manifest(unread) == [
        "models/agg_premiums_daily.sql: nothing reads column refund_amount; delete it from the model and its YAML"
    ]


@pytest.mark.parametrize(
    ("unique_id", "fields", "is_found"),
    [
        ("model.tiny.reader", {"raw_code": "select sum(refund_amount) from premiums"}, False),
        ("model.tiny.reader", {"raw_code": "select sum(refund_amounts) from premiums"}, True),
        ("test.tiny.identity", {"raw_code": "select 1 where refund_amount < 0"}, False),
        (
            "test.tiny.not_null",
            {"raw_code": "refund_amount", "attached_node": "x", "test_metadata": {"name": "not_null", "kwargs": {}}},
            True,
        ),
        (
            "test.tiny.key",
            {
                "raw_code": "",
                "attached_node": "x",
                "test_metadata": {"name": "unique_combination", "kwargs": {"columns": ["refund_amount"]}},
            },
            False,
        ),
        ("exposure.tiny.page", {}, False),
    ],
)
def test_who_reads_a_column(with_manifest, unique_id: str, fields: dict[str, Any], is_found: bool) -> None:
    assert bool(with_manifest(lambda manifest, node: child(manifest, node, unique_id, **fields))) is is_found
