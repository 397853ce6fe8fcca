"""The definitions as dbt parsed them: semantic models, metrics and their governance, read from dbt's target folder."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from metrics_dictionary.errors import DefinitionError, MetricsError, unknown_name
from metrics_dictionary.governance import Governance, governance_problems
from metrics_dictionary.locations import PROJECT_ROOT, DataFolder

DIMENSIONS = ("organisation", "channel", "product", "intermediary", "segment")
COMPANY = "organisation__company_code"
BRANCH = "organisation__branch_code"
"""Facts stand at sub-branches and outlets too; an organisation is published as its branch, which holds all below it."""
SUMMED = frozenset({"sum", "sum_boolean", "count"})
"""Aggregations whose parts add up to the whole."""


@dataclass(frozen=True)
class Measure:
    """A measure of a semantic model; `time_column` is the date its values are counted on.

    A measure with `is_point_in_time` is not added up over time: `snapshot` says which day of a period counts (max, min),
    None where that day is chosen per group; `snapshot_names` are the dimensions and entities it is chosen by. `quantile` is the share
    of a percentile, None for other aggregations.
    """

    name: str
    semantic_model: str
    aggregation: str
    expression: str
    time_column: str
    time_grain: str
    is_point_in_time: bool
    snapshot: str | None
    quantile: float | None
    snapshot_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class SemanticModel:
    """A mart as the semantic layer sees it; `dimensions` are those of DIMENSIONS it can be cut by.

    `expressions` holds, by name, the SQL of every entity and dimension.
    """

    name: str
    table: str
    dimensions: tuple[str, ...]
    expressions: dict[str, str]
    entities: tuple[str, ...]
    primary_entity: str
    own_dimensions: tuple[str, ...]

    @property
    def columns(self) -> frozenset[str]:
        """The SQL of every entity and dimension."""
        return frozenset(self.expressions.values())


@dataclass(frozen=True)
class Metric:
    """A metric; `governance` is None for components that are not in the catalogue.

    An earlier version of a metric is a metric of its own for MetricFlow; `version_of` in its governance names the one it belongs to.
    """

    name: str
    label: str
    kind: str
    type_params: dict[str, Any]
    filter: str | None
    governance: Governance | None

    @property
    def code(self) -> str:
        """The code under which values are published: the name, or that of the metric this is an earlier version of."""
        return (self.governance and self.governance.version_of) or self.name

    @property
    def input_metrics(self) -> list[dict[str, Any]]:
        """The metrics this one is computed from, as {name, alias, filter, offset_window, offset_to_grain}; none if simple."""
        parts = [self.type_params.get("numerator"), self.type_params.get("denominator")]
        cumulative = (self.type_params.get("cumulative_type_params") or {}).get("metric")
        return [part for part in [*parts, cumulative, *(self.type_params.get("metrics") or [])] if part]


class Dictionary:
    """Everything the semantic manifest says about metrics, with governance checked.

    `manifest_path` is dbt's manifest.json (its semantic_manifest.json lies beside it) or the semantic manifest itself.
    Raises MetricsError when the file is missing, DefinitionError when a definition is wrong.
    """

    def __init__(self, manifest_path: Path) -> None:
        self.path = manifest_path.with_name("semantic_manifest.json")
        if not self.path.exists():
            raise MetricsError(f"no semantic manifest at {self.path}; run 'dbt parse' first")
        self.text = self.path.read_text(encoding="utf-8")
        self.content: dict[str, Any] = json.loads(self.text)
        problems = [
            problem
            for entry in self.content["metrics"]
            if (entry.get("config") or {}).get("meta")
            for problem in governance_problems(entry["config"]["meta"], f"metric {entry['name']}")
        ]
        if problems:
            raise DefinitionError(problems)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the semantic manifest: the same hash means the same compiled SQL."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """Every metric by name, components included."""
        return {entry["name"]: _metric(entry) for entry in self.content["metrics"]}

    @cached_property
    def catalogue(self) -> dict[str, Metric]:
        """The metrics that have governance, by code, each in its latest version."""
        return {name: metric for name, metric in self.published.items() if metric.code == name}

    @cached_property
    def published(self) -> dict[str, Metric]:
        """Everything that is computed and published, by name: the catalogue and the earlier versions beside it."""
        return {name: metric for name, metric in sorted(self.metrics.items()) if metric.governance}

    def versions(self, code: str) -> list[Metric]:
        """The versions of a metric that are computed side by side, the earliest first."""
        return sorted((m for m in self.published.values() if m.code == code), key=lambda m: m.governance.version)

    def in_force(self, metric: Metric) -> tuple[date, date]:
        """The first and last day on which a published metric's version is the one shown.

        A version is in force until the day before its successor's valid_from; before the first version's valid_from nothing
        else is, so it is shown there too.
        """
        versions = self.versions(metric.code)
        place = versions.index(metric)
        first = date.min if place == 0 else metric.governance.valid_from
        last = versions[place + 1].governance.valid_from - timedelta(days=1) if place + 1 < len(versions) else metric.governance.valid_to
        return first, last or date.max

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Every measure by name."""
        return {m.name: m for entry in self.content["semantic_models"] for m in _measures(entry)}

    @cached_property
    def semantic_models(self) -> dict[str, SemanticModel]:
        """Every semantic model by name."""
        return {entry["name"]: _semantic_model(entry) for entry in self.content["semantic_models"]}

    @property
    def databases(self) -> set[str]:
        """The databases that compiled SQL names."""
        return {entry["node_relation"]["database"] for entry in self.content["semantic_models"]}

    @property
    def time_spines(self) -> list[tuple[str, str]]:
        """Table and column of every time spine."""
        entries = self.content["project_configuration"].get("time_spines") or []
        return [(entry["node_relation"]["alias"], entry["primary_column"]["name"]) for entry in entries]

    @property
    def has_companies(self) -> bool:
        """Whether a semantic model of organisations says to which company and branch each belongs."""
        return any(
            model.primary_entity == "organisation" and {"company_code", "branch_code"} <= set(model.own_dimensions)
            for model in self.semantic_models.values()
        )

    def metric(self, code: str) -> Metric:
        """The metric of that code, or an earlier version by its own name. Raises MetricsError with near matches."""
        if code not in self.published:
            raise MetricsError(unknown_name("metric", code, self.published))
        return self.published[code]

    def measures_of(self, metric: Metric) -> list[Measure]:
        """The measures a metric ends in, through all metrics it is computed from."""
        found = {entry["name"]: self.measures[entry["name"]] for entry in metric.type_params.get("input_measures") or []}
        measure = metric.type_params.get("measure")
        if measure:
            found[measure["name"]] = self.measures[measure["name"]]
        for part in metric.input_metrics:
            found |= {m.name: m for m in self.measures_of(self.metrics[part["name"]])}
        return list(found.values())

    def dimensions_of(self, metric: Metric) -> tuple[str, ...]:
        """The dimensions that every measure of the metric can be cut by, in the order of DIMENSIONS."""
        models = [self.semantic_models[m.semantic_model] for m in self.measures_of(metric)]
        return tuple(d for d in DIMENSIONS if models and all(d in model.dimensions for model in models))

    def group_bys_of(self, metrics: Iterable[Metric]) -> set[str]:
        """MetricFlow's names of everything that all the metrics can be grouped and filtered by, time apart."""
        names = [
            {
                *model.entities,
                *(f"{model.primary_entity}__{own}" for own in model.own_dimensions),
                *(
                    f"{entity}__{own}"
                    for entity in model.entities
                    for other in self.semantic_models.values()
                    if other.primary_entity == entity
                    for own in other.own_dimensions
                ),
            }
            for metric in metrics
            for model in (self.semantic_models[m.semantic_model] for m in self.measures_of(metric))
        ]
        return set.intersection(*names) if names else set()


def find_manifest(folder: DataFolder) -> Path:
    """The manifest dbt last wrote: in $DBT_TARGET_PATH, else in the folder's cache, else in the project's target folder."""
    places = [folder.cache / "dbt", PROJECT_ROOT / "target"]
    if "DBT_TARGET_PATH" in os.environ:
        places.insert(0, PROJECT_ROOT / os.environ["DBT_TARGET_PATH"])
    for place in places:
        if (place / "semantic_manifest.json").exists():
            return place / "manifest.json"
    raise MetricsError(f"no semantic manifest in {', '.join(map(str, places))}; run 'make warehouse' or 'dbt parse' first")


def _metric(entry: dict[str, Any]) -> Metric:
    meta = (entry.get("config") or {}).get("meta")
    conditions = (entry.get("filter") or {}).get("where_filters") or []
    return Metric(
        name=entry["name"],
        label=entry.get("label") or entry["name"],
        kind=entry["type"],
        type_params=entry["type_params"],
        filter=" and ".join(c["where_sql_template"].strip() for c in conditions) or None,
        governance=Governance.model_validate(meta) if meta else None,
    )


def _measures(entry: dict[str, Any]) -> list[Measure]:
    default_time = (entry.get("defaults") or {}).get("agg_time_dimension")
    times = {d["name"]: d for d in entry.get("dimensions") or [] if d["type"] == "time"}
    measures = []
    for measure in entry.get("measures") or []:
        at = measure.get("non_additive_dimension")
        time = times[measure.get("agg_time_dimension") or default_time]
        measures.append(
            Measure(
                name=measure["name"],
                semantic_model=entry["name"],
                aggregation=measure["agg"],
                expression=str(measure.get("expr") or measure["name"]),
                time_column=time["name"],
                time_grain=(time.get("type_params") or {}).get("time_granularity") or "day",
                is_point_in_time=bool(at),
                snapshot=at["window_choice"] if at and not at.get("window_groupings") else None,
                quantile=(measure.get("agg_params") or {}).get("percentile"),
                snapshot_names=(at["name"], *(at.get("window_groupings") or [])) if at else (),
            )
        )
    return measures


def _semantic_model(entry: dict[str, Any]) -> SemanticModel:
    entities, dimensions = entry.get("entities") or [], entry.get("dimensions") or []
    names = tuple(e["name"] for e in entities)
    primary = next((e["name"] for e in entities if e["type"] == "primary"), entry.get("primary_entity") or entry["name"])
    return SemanticModel(
        name=entry["name"],
        table=entry["node_relation"]["alias"],
        dimensions=tuple(d for d in DIMENSIONS if d in names),
        expressions={part["name"]: str(part.get("expr") or part["name"]) for part in [*entities, *dimensions]},
        entities=names,
        primary_entity=primary,
        own_dimensions=tuple(d["name"] for d in dimensions if d["type"] == "categorical"),
    )
