"""What is declared and used by nobody, and what is used and declared by nobody: measures, dimensions and columns of marts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sqlglot import exp

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.formulas import parsed
from metrics_dictionary.lints.findings import Finding

UNUSED_MEASURE, UNKNOWN_COLUMN, UNUSED_COLUMN = "unused_measure", "unknown_column", "unused_column"
AGGREGATE = "agg_"
"""Marts whose names begin so exist for metrics; facts and dimensions are read by analysts as they are."""

Node = dict[str, Any]


def unused_findings(dictionary: Dictionary) -> list[Finding]:
    """Measures no catalogue metric stands on, expressions of columns no mart has, and columns of aggregates nobody reads.

    A column is used that belongs to the mart's key, that a semantic model names in an entity, a dimension or a used measure,
    that stands in the SQL of a model or data test which reads the mart, or whose mart an exposure shows.
    """
    manifest = json.loads(dictionary.path.with_name("manifest.json").read_text(encoding="utf-8"))
    columns = _columns_of_semantic_models(dictionary)
    used = {measure.name for metric in dictionary.published.values() for measure in dictionary.measures_of(metric)}
    return [
        *_unused_measures(dictionary, used),
        *_unknown_columns(dictionary, columns, manifest),
        *_unused_columns(dictionary, columns, used, manifest),
    ]


def _columns_of_semantic_models(dictionary: Dictionary) -> dict[str, dict[str, set[str]]]:
    """Per semantic model what it declares ('dimension or entity x', 'measure y') and the columns that reads."""
    found: dict[str, dict[str, set[str]]] = {
        name: {f"dimension or entity {part}": _columns(part, name) for part in model.columns}
        for name, model in dictionary.semantic_models.items()
    }
    for measure in dictionary.measures.values():
        found[measure.semantic_model][f"measure {measure.name}"] = _columns(measure.expression, measure.name)
    return found


def _columns(expression: str, place: str) -> set[str]:
    return {column.name for column in parsed(expression, place).find_all(exp.Column)}


def _unused_measures(dictionary: Dictionary, used: set[str]) -> Iterator[Finding]:
    for name, measure in dictionary.measures.items():
        if name not in used:
            sentence = f"semantic model {measure.semantic_model}: no metric of the catalogue stands on measure {name}; delete it"
            yield Finding(UNUSED_MEASURE, measure.semantic_model, name, sentence)


def _unknown_columns(dictionary: Dictionary, columns: dict[str, dict[str, set[str]]], manifest: Node) -> Iterator[Finding]:
    marts = {node["alias"]: node for node in _models(manifest)}
    for name, model in dictionary.semantic_models.items():
        known = set(marts[model.table]["columns"])
        for part, read in columns[name].items():
            for column in sorted(read - known):
                sentence = f"semantic model {name}: {part} reads column {column}, which {model.table} does not declare; name one it has"
                yield Finding(UNKNOWN_COLUMN, model.table, column, sentence)


def _unused_columns(
    dictionary: Dictionary, columns: dict[str, dict[str, set[str]]], measures: set[str], manifest: Node
) -> Iterator[Finding]:
    for node in _models(manifest):
        if not node["name"].startswith(AGGREGATE):
            continue
        children = manifest["child_map"][node["unique_id"]]
        if any(child.startswith("exposure.") for child in children):
            continue
        used = _key(node, children, manifest) | _words_of_readers(node, children, manifest)
        for name, model in dictionary.semantic_models.items():
            if model.table == node["alias"]:
                unused = {f"measure {measure}" for measure in set(dictionary.measures) - measures}
                used |= set[str]().union(*(read for part, read in columns[name].items() if part not in unused))
        for column in node["columns"]:
            if column not in used:
                sentence = f"{node['original_file_path']}: nothing reads column {column}; delete it from the model and its YAML"
                yield Finding(UNUSED_COLUMN, node["name"], column, sentence)


def _models(manifest: Node) -> Iterator[Node]:
    return (node for node in manifest["nodes"].values() if node["resource_type"] == "model")


def _key(node: Node, children: list[str], manifest: Node) -> set[str]:
    """Columns that a test of the mart's key names."""
    tests = [manifest["nodes"][child].get("test_metadata") or {} for child in children if child.startswith("test.")]
    keys = [test["kwargs"] for test in tests if str(test.get("name")).startswith("unique")]
    return {column for key in keys for column in [*(key.get("columns") or []), key.get("column_name")] if column}


def _words_of_readers(node: Node, children: list[str], manifest: Node) -> set[str]:
    """Every word of the models and data tests that read the mart: they select all of it and name what they need."""
    readers = [manifest["nodes"][child] for child in children if child.startswith(("model.", "test."))]
    return {word for reader in readers if not reader.get("attached_node") for word in re.findall(r"\w+", reader["raw_code"])}
