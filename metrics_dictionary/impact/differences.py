"""What differs between two versions of the project: models and seeds by what they mean, metrics by what their definition computes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from metrics_dictionary.definitions import Dictionary, Metric
from metrics_dictionary.governance import Governance
from metrics_dictionary.impact.versions import Version

Kind = Literal["added", "removed", "rewritten", "query", "data", "columns", "storage"]
"""rewritten: other words for the same query; query, data (of a seed), columns (their types), storage (view or table): real differences."""

COMPUTING = ("version", "version_of", "valid_from", "valid_to", "grains", "dimensions", "additivity", "parameters")
"""Governance that decides which values there are, and which are in force."""

WORDS = ("description", "label", "config", "metadata", "meta")


@dataclass(frozen=True)
class NodeChange:
    """A model or seed whose own file says something else; what it inherits from its parents is not told here.

    `columns` are those that are computed differently, `*` among them when other rows are taken.
    """

    name: str
    file: str
    kind: Kind
    columns: tuple[str, ...] = ()

    @property
    def is_rewritten(self) -> bool:
        """The same query in other words: nothing can move."""
        return self.kind == "rewritten"


@dataclass(frozen=True)
class DefinitionChange:
    """What a metric's definition says before and after; versions are None where there is no such metric.

    `fields` are the parts of governance that differ, words included.
    """

    code: str
    version_before: int | None
    version_after: int | None
    reason: str
    fields: tuple[str, ...]
    is_computed_differently: bool

    @property
    def is_new(self) -> bool:
        """Only the new version knows the metric."""
        return self.version_before is None

    @property
    def is_removed(self) -> bool:
        """Only the old version knows the metric."""
        return self.version_after is None


def node_changes(base: Version, head: Version) -> dict[str, NodeChange]:
    """Every model and seed that differs by itself, by name."""
    before, after = base.graph.nodes, head.graph.nodes
    found = {name: NodeChange(name, after[name].file, "added") for name in after.keys() - before.keys()}
    found |= {name: NodeChange(name, before[name].file, "removed") for name in before.keys() - after.keys()}
    for name in before.keys() & after.keys():
        kind = _node_difference(base, head, name)
        if kind:
            found[name] = NodeChange(name, after[name].file, kind)
    return {name: replace(change, columns=_changed_columns(base, head, change)) for name, change in sorted(found.items())}


def _node_difference(base: Version, head: Version, name: str) -> Kind | None:
    old, new = base.graph.nodes[name], head.graph.nodes[name]
    if (old.is_seed, old.is_view, old.schema) != (new.is_seed, new.is_view, new.schema):
        return "storage"
    if old.columns != new.columns:
        return "columns"
    if old.is_seed:
        is_same = old.delimiter == new.delimiter and (base.root / old.file).read_bytes() == (head.root / new.file).read_bytes()
        return None if is_same else "data"
    if old.sql == new.sql:
        return None
    return "rewritten" if _same_columns(base, head, name) else "query"


def _changed_columns(base: Version, head: Version, change: NodeChange) -> tuple[str, ...]:
    """The columns of a changed table that may hold something else: all, where the change is not one of its query or its data."""
    if change.is_rewritten:
        return ()
    before, after = (version.lineage.project.models.get(change.name) for version in (base, head))
    prints = [model.fingerprints if model else {} for model in (before, after)]
    names = {*prints[0], *prints[1]}
    if change.kind in {"query", "data"} and not any(model.problems for model in (before, after) if model):
        names = {name for name in names if prints[0].get(name) != prints[1].get(name)} or names
    return tuple(sorted(names))


def _same_columns(base: Version, head: Version, name: str) -> bool:
    """Whether every column is computed the same, in the same order, and the same rows are taken; unknown counts as different."""
    before, after = (version.lineage.project.models[name] for version in (base, head))
    return not before.problems and not after.problems and list(before.fingerprints.items()) == list(after.fingerprints.items())


def definition_changes(base: Dictionary, head: Dictionary) -> dict[str, DefinitionChange]:
    """Every metric whose definition differs in anything, by code."""
    found = {}
    for code in sorted(base.catalogue.keys() | head.catalogue.keys()):
        old, new = base.catalogue.get(code), head.catalogue.get(code)
        before, after = (old and old.governance, new and new.governance)
        differs = [_computation(d, code) for d in (base, head)]
        fields = _fields(before, after) if before and after else ()
        if fields or differs[0] != differs[1]:
            found[code] = DefinitionChange(
                code,
                before.version if before else None,
                after.version if after else None,
                (after or before).change_reason,
                fields,
                differs[0] != differs[1],
            )
    return found


def marts_of(metric: Metric, dictionary: Dictionary) -> set[str]:
    """Every table a metric's statements may read: its measures' marts, what its filters and companies are looked up in, the calendar."""
    models = [dictionary.semantic_models[m.semantic_model] for m in dictionary.measures_of(metric)]
    looked_up = {"organisation"} if "organisation" in dictionary.dimensions_of(metric) else set()
    text = json.dumps(_metric_entries(dictionary, [metric.name]))
    entities = {entity for model in models for entity in model.entities}
    looked_up |= {entity for entity in entities if f"'{entity}__" in text or f"'{entity}'" in text}
    tables = {model.table for model in models}
    tables |= {model.table for model in dictionary.semantic_models.values() if model.primary_entity in looked_up}
    return tables | {spine["node_relation"]["alias"] for spine in dictionary.content["project_configuration"].get("time_spines") or ()}


def _fields(before: Governance, after: Governance) -> tuple[str, ...]:
    old, new = before.model_dump(), after.model_dump()
    return tuple(name for name in old if old[name] != new[name])


def _computation(dictionary: Dictionary, code: str) -> str:
    """Everything that decides a metric's values in all its versions, as one text."""
    versions = dictionary.versions(code)
    names = [metric.name for metric in versions]
    measures = {m.name for metric in versions for m in dictionary.measures_of(metric)}
    models = {m.semantic_model for metric in versions for m in dictionary.measures_of(metric)}
    governed = [{name: getattr(metric.governance, name) for name in COMPUTING} for metric in versions]
    lookups = sorted(
        (e for e in dictionary.content["semantic_models"] if e["name"] in models or not e.get("measures")), key=lambda e: e["name"]
    )
    semantic = [
        {part: value for part, value in entry.items() if part != "measures"}
        | {"measures": sorted((m for m in entry.get("measures") or () if m["name"] in measures), key=lambda m: m["name"])}
        for entry in lookups
    ]
    return json.dumps([governed, _metric_entries(dictionary, names), _without_words(semantic)], sort_keys=True, default=str)


def _metric_entries(dictionary: Dictionary, names: Iterable[str]) -> list[dict[str, Any]]:
    """What the manifest says of metrics and all they are computed from, without words."""
    entries = {entry["name"]: entry for entry in dictionary.content["metrics"]}
    seen: dict[str, dict[str, Any]] = {}
    waiting = sorted(names)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen[name] = _without_words(entries[name])
            waiting += [part["name"] for part in dictionary.metrics[name].input_metrics]
    return [seen[name] for name in sorted(seen)]


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_words(part) for name, part in value.items() if name not in WORDS}
    return [_without_words(part) for part in value] if isinstance(value, list) else value
