"""JSON schemas of OpenLineage's events and facets, and their use on events as they are sent.

Two sources. The official client's classes are generated from the specification, and the lock pins them: their fields, types and
required parts become JSON schemas here. The specification's own files are used where OPENLINEAGE_SPEC names the folder `spec` of a
checkout of it.
"""

from __future__ import annotations

import json
import sys
import types
import typing
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

import attr
from jsonschema import Draft202012Validator, FormatChecker
from openlineage.client import event_v2
from openlineage.client.facet_v2 import (
    BaseFacet,
    DatasetFacet,
    InputDatasetFacet,
    JobFacet,
    OutputDatasetFacet,
    RunFacet,
    column_lineage_dataset,
    dataset_version_dataset,
    error_message_run,
    input_statistics_input_dataset,
    job_type_job,
    output_statistics_output_dataset,
    parent_run,
    schema_dataset,
    sql_job,
    tags_run,
)
from referencing import Registry
from referencing.jsonschema import DRAFT202012

Event = dict[str, Any]
FACETS: dict[tuple[str, str], type] = {
    ("run", "errorMessage"): error_message_run.ErrorMessageRunFacet,
    ("run", "parent"): parent_run.ParentRunFacet,
    ("run", "tags"): tags_run.TagsRunFacet,
    ("job", "jobType"): job_type_job.JobTypeJobFacet,
    ("job", "sql"): sql_job.SQLJobFacet,
    ("dataset", "columnLineage"): column_lineage_dataset.ColumnLineageDatasetFacet,
    ("dataset", "schema"): schema_dataset.SchemaDatasetFacet,
    ("dataset", "version"): dataset_version_dataset.DatasetVersionDatasetFacet,
    ("input", "inputStatistics"): input_statistics_input_dataset.InputStatisticsInputDatasetFacet,
    ("output", "outputStatistics"): output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet,
}
"""By the place and the name the specification gives a facet. One that is not listed here is a fault."""
OPEN = {RunFacet, JobFacet, DatasetFacet, InputDatasetFacet, OutputDatasetFacet}
"""What a facet adds to these is looked at by the facet's own schema."""
FORMATS = {"eventTime": "date-time", "runId": "uuid", "producer": "uri", "schemaURL": "uri", "_producer": "uri", "_schemaURL": "uri"}
ALWAYS = {"producer", "schemaURL", "_producer", "_schemaURL", "eventType"}
"""Required by the specification (`eventType`: of every event of this project) though the client fills them itself."""
CHECKER = FormatChecker(formats=["uuid"])


@CHECKER.checks("date-time", raises=ValueError)
def _is_moment(text: str) -> bool:
    return datetime.fromisoformat(text).tzinfo is not None


@CHECKER.checks("uri")
def _is_uri(text: str) -> bool:
    return ":" in text and " " not in text


def faults(event: Event) -> list[str]:
    """What the schemas made of the client's classes find wrong in an event."""
    found = [_told(e) for e in _validator(event_v2.RunEvent).iter_errors(event)]
    for place, name, facet in facets_of(event):
        known = FACETS.get((place, name))
        if known is None:
            found.append(f"{name} is no facet of a {place}")
            continue
        found += [f"{name}: {_told(e)}" for e in _validator(known).iter_errors(facet)]
        if facet.get("_schemaURL") != known._get_schema():
            found.append(f"{name} names the schema {facet.get('_schemaURL')}")
    return found


def faults_by_specification(event: Event, spec: Path) -> list[str]:
    """What the specification's own files find wrong in an event."""
    files = [json.loads(f.read_text(encoding="utf-8")) for f in [spec / "OpenLineage.json", *(spec / "facets").glob("*.json")]]
    registry: Registry = Registry().with_resources([(f["$id"], DRAFT202012.create_resource(f)) for f in files])
    core = files[0]["$id"]

    def errors(reference: str, instance: Any) -> list[str]:
        validator = Draft202012Validator({"$ref": reference}, registry=registry, format_checker=CHECKER)
        return [_told(e) for e in validator.iter_errors(instance)]

    found = errors(core, event)
    for _, name, facet in facets_of(event):
        found += [f"{name}: {fault}" for fault in errors(facet["_schemaURL"], facet)]
    return found


def facets_of(event: Event) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Place, name and content of every facet of an event."""
    holders = [("run", event["run"], "facets"), ("job", event["job"], "facets")]
    for dataset in event["inputs"]:
        holders += [("dataset", dataset, "facets"), ("input", dataset, "inputFacets")]
    for dataset in event["outputs"]:
        holders += [("dataset", dataset, "facets"), ("output", dataset, "outputFacets")]
    for place, holder, key in holders:
        for name, facet in holder.get(key, {}).items():
            yield place, name, facet


def _told(error: Any) -> str:
    return f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"


_VALIDATORS: dict[type, Draft202012Validator] = {}


def _validator(kind: type) -> Draft202012Validator:
    if kind not in _VALIDATORS:
        definitions: dict[str, Any] = {}
        schema = _schema(kind, definitions)
        Draft202012Validator.check_schema(schema | {"$defs": definitions})
        _VALIDATORS[kind] = Draft202012Validator(schema | {"$defs": definitions}, format_checker=CHECKER)
    return _VALIDATORS[kind]


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    simple = {str: "string", int: "integer", float: "number", bool: "boolean"}
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return {}
    if kind in simple:
        return {"type": simple[kind]}
    if origin in {typing.Union, types.UnionType}:
        return {"anyOf": [_schema(part, definitions) for part in inner if part is not type(None)]}
    if origin is list:
        return {"type": "array", "items": _schema(inner[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(inner[1], definitions)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    return _object(kind, definitions)


def _object(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    name = f"{kind.__module__}.{kind.__name__}"
    if name not in definitions:
        definitions[name] = {}
        known = vars(typing) | vars(sys.modules[BaseFacet.__module__]) | vars(sys.modules[kind.__module__])
        hints = typing.get_type_hints(kind, known)
        fields = {field.name: field for field in attr.fields(kind)}
        properties = {n: _schema(hints[n], definitions) | ({"format": FORMATS[n]} if n in FORMATS else {}) for n in fields}
        required = [n for n, field in fields.items() if field.default is attr.NOTHING or n in ALWAYS]
        definitions[name] = {"type": "object", "properties": properties, "required": required, "additionalProperties": kind in OPEN}
    return {"$ref": f"#/$defs/{name}"}
