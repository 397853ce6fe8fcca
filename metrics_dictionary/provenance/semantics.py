"""What the semantic layer names, as SQL over one mart: a measure's date, its filter, and the members it can be cut by.

Columns are qualified by `records`, the alias under which the mart is read; what lies in another mart, such as the company of an
organisation, is looked up there by the key that MetricFlow joins on.
"""

from __future__ import annotations

import json
import re
from functools import cache, cached_property
from typing import Any

from sqlglot import exp

from metrics_dictionary.cuts import GROUP_BYS
from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.formulas import parsed

ALIAS = "records"
TEMPLATE = re.compile(r"\{\{\s*(?:Dimension|Entity)\(\s*'(\w+)'\s*\)\s*\}\}")


@cache
def qualified(expression: str, place: str) -> str:
    """An expression over a mart's columns with every column qualified. Raises MetricsError when it is no SQL."""
    tree = parsed(expression, place)
    for column in tree.find_all(exp.Column):
        column.set("table", exp.to_identifier(ALIAS))
    return tree.sql(dialect="duckdb")


class Semantics:
    """The semantic models of a manifest, asked by name."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.models: dict[str, dict[str, Any]] = {m["name"]: m for m in json.loads(dictionary.text)["semantic_models"]}
        self._primary_of = {model.primary_entity: name for name, model in dictionary.semantic_models.items()}

    def time(self, model: str, dimension: str, grain: str) -> str:
        """The day on which a row counts, as MetricFlow's metric_time at the dimension's own grain."""
        found = next(d for d in self.models[model]["dimensions"] if d["name"] == dimension)
        return f"cast(date_trunc('{grain}', {qualified(_expression(found), f'dimension {dimension}')}) as date)"

    def members(self, model: str) -> dict[str, str]:
        """The parts of dimension sets a model can be cut by, each with the SQL of its member."""
        entities = {entity["name"] for entity in self.models[model]["entities"]}
        return {
            part: self.named(model, name)
            for part, name in GROUP_BYS.items()
            if name.split("__")[0] in entities and (name in entities or name in self.looked_up)
        }

    def condition(self, model: str, template: str) -> str:
        """A filter of MetricFlow's as SQL. Raises MetricsError for a filter that is more than dimensions and entities."""
        text = TEMPLATE.sub(lambda found: self.named(model, found[1]), template)
        if "{{" in text:
            raise MetricsError(f"filter {template} asks for more than a dimension or an entity")
        return text

    def named(self, model: str, name: str) -> str:
        """The SQL of an entity, or of `<entity>__<dimension>`, over the rows of a model. Raises MetricsError when unknown."""
        parts = {part["name"]: part for part in self.models[model]["entities"]}
        entity, _, dimension = name.partition("__")
        if not dimension and entity in parts:
            return qualified(_expression(parts[entity]), f"entity {entity}")
        if name in self.looked_up and entity in parts:
            table, key, value = self.looked_up[name]
            own = qualified(_expression(parts[entity]), f"entity {entity}")
            return f"(select looked_up.{value} from {table} as looked_up where looked_up.{key} = {own})"
        own_dimensions = {d["name"]: d for d in self.models[model]["dimensions"]}
        if self._primary_of.get(entity) == model and dimension in own_dimensions:
            return qualified(_expression(own_dimensions[dimension]), f"dimension {dimension}")
        raise MetricsError(f"semantic model {model} does not know {name}")

    @cached_property
    def looked_up(self) -> dict[str, tuple[str, str, str]]:
        """`<entity>__<dimension>` to the mart it is looked up in, its key column and its own column."""
        return {
            f"{entity}__{dimension['name']}": (table_of(model), _expression(key), _expression(dimension))
            for entity, name in self._primary_of.items()
            for model in [self.models[name]]
            for key in model["entities"]
            if key["name"] == entity
            for dimension in model["dimensions"]
            if dimension["type"] == "categorical"
        }

    def measure(self, model: str, name: str) -> str:
        """The expression of a measure."""
        found = next(m for m in self.models[model]["measures"] if m["name"] == name)
        return qualified(_expression(found), f"measure {name}")


def table_of(model: dict[str, Any]) -> str:
    """A semantic model's mart, as a publication names it."""
    return f"{model['node_relation']['schema_name']}.{model['node_relation']['alias']}"


def _expression(part: dict[str, Any]) -> str:
    return str(part.get("expr") or part["name"])
