"""The dictionary as an Apache Ossie document (formerly Open Semantic Interchange, OSI), in YAML.

Follows the core metadata specification 0.2.0.dev0 of https://github.com/apache/ossie (core-spec/spec.md, core-spec/ossie-schema.json),
in its flat form: one semantic model per document, properties at the root, data of extensions as objects. The specification is a
draft and knows no DuckDB dialect; expressions are ANSI_SQL, which its converters read. What it has no place for (governance, both
languages, targets, what must hold of the groups a value is computed for) stands in extensions of vendor ZHICANG.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlglot
import yaml

from metrics_dictionary.definitions import Dictionary, Metric
from metrics_dictionary.exports.expressions import ANSI, Expressions, entity_column
from metrics_dictionary.targets import Target

SPECIFICATION = "0.2.0.dev0"
DIALECT = "ANSI_SQL"
VENDOR = "ZHICANG"
INSTRUCTIONS = (
    "Metrics of an insurance group, each with one owner. Ratios are sums over sums: compute numerator and denominator for the same"
    " group of rows and divide last, never average them. Compute metrics of several datasets per dataset and join the results by"
    " period and by organisation, channel and product. Obey a metric's own instructions about periods."
)


def ossie_yaml(dictionary: Dictionary, targets: Mapping[str, Sequence[Target]]) -> str:
    """The document as YAML text; the same dictionary gives the same text."""
    return yaml.dump(ossie_document(dictionary, targets), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=140)


def ossie_document(dictionary: Dictionary, targets: Mapping[str, Sequence[Target]]) -> dict[str, Any]:
    """The document: every semantic model as a dataset, every metric of the catalogue. Raises MetricsError."""
    models = json.loads(dictionary.text)["semantic_models"]
    expressions = Expressions(dictionary)
    return {
        "version": SPECIFICATION,
        "name": "zhicang",
        "description": "Metrics dictionary of the Zhicang insurance data warehouse, over the marts of its published database.",
        "ai_context": {"instructions": INSTRUCTIONS, "synonyms": ["智舱", "数据指标字典"]},
        "datasets": [_dataset(model) for model in models],
        "relationships": _relationships(models),
        "metrics": [_metric(metric, expressions, targets.get(code, ())) for code, metric in dictionary.catalogue.items()],
        "custom_extensions": [_extension({"dictionary_sha256": dictionary.hash, "metric_count": len(dictionary.catalogue)})],
    }


def _dataset(model: dict[str, Any]) -> dict[str, Any]:
    relation = model["node_relation"]
    columns = [entity_column(model, e["name"]) for e in model["entities"] if e["type"] in {"primary", "unique"}]
    return _without_empty(
        {
            "name": model["name"],
            "source": f"{relation['database']}.{relation['schema_name']}.{relation['alias']}",
            "primary_key": columns[:1],
            "description": model["description"],
            "fields": [
                *(_field(entity_column(model, e["name"]), None, e, {"is_time": False}) for e in model["entities"]),
                *(_field(d["name"], d.get("expr"), d, {"is_time": d["type"] == "time"}) for d in model["dimensions"]),
                *(_field(m["name"], m.get("expr"), m, None) for m in model["measures"]),
            ],
        }
    )


def _field(name: str, expression: str | None, entry: dict[str, Any], dimension: dict[str, bool] | None) -> dict[str, Any]:
    return _without_empty(
        {"name": name, "expression": _expression(_ansi(expression or name)), "dimension": dimension, "description": entry["description"]}
    )


def _relationships(models: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """From every dataset that refers to an entity to the dataset that has it as its key."""
    keys = {e["name"]: model for model in models for e in model["entities"] if e["type"] == "primary"}
    return [
        {
            "name": f"{model['name']}_to_{keys[entity['name']]['name']}",
            "from": model["name"],
            "to": keys[entity["name"]]["name"],
            "from_columns": [entity_column(model, entity["name"])],
            "to_columns": [entity_column(keys[entity["name"]], entity["name"])],
        }
        for model in models
        for entity in model["entities"]
        if entity["type"] == "foreign" and entity["name"] in keys
    ]


def _metric(metric: Metric, expressions: Expressions, targets: Sequence[Target]) -> dict[str, Any]:
    governance = metric.governance
    expression = expressions.of(metric)
    facts = governance.model_dump(mode="json", exclude={"definition_en"})
    facts |= {"metric_kind": metric.kind, "time_fields": list(expression.time_fields), "conditions": list(expression.conditions)}
    facts["targets"] = [{name: value for name, value in target.items() if name != "metric_code"} for target in targets]
    return {
        "name": metric.name,
        "expression": _expression(expression.sql),
        "description": governance.definition_en,
        "ai_context": _without_empty(
            {"instructions": " ".join(expression.conditions), "synonyms": [governance.name_zh, governance.name_en]}
        ),
        "custom_extensions": [_extension(_without_empty(facts))],
    }


def _expression(sql: str) -> dict[str, Any]:
    return {"dialects": [{"dialect": DIALECT, "expression": sql}]}


def _ansi(sql: str) -> str:
    return sqlglot.transpile(str(sql), read="duckdb", write=ANSI)[0]


def _extension(data: dict[str, Any]) -> dict[str, Any]:
    return {"vendor_name": VENDOR, "data": data}


def _without_empty(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if value not in (None, "", [], {})}


class _Dumper(yaml.SafeDumper):
    """Repeats what stands twice, instead of pointing to it with an anchor."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
