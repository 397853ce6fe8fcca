"""The events of a whole run of the pipeline over tests/fixtures/landing, read as a lineage catalogue reads them."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import duckdb
import pytest

from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from tests.orchestration.lib.openlineage_schemas import Event, faults, faults_by_specification

SPECIFICATION = os.environ.get("OPENLINEAGE_SPEC")


@pytest.fixture(scope="module")
def events(fixture_folder: DataFolder) -> list[Event]:
    """What the run told."""
    (file,) = fixture_folder.openlineage.glob("*.jsonl")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def ends(events: list[Event]) -> dict[str, Event]:
    """The event that ended each job."""
    ended = [event for event in events if event["eventType"] != "START"]
    assert len({event["job"]["name"] for event in ended}) == len(ended), "every job ends once"
    return {event["job"]["name"]: event for event in ended}


def fields_of(event: Event) -> dict[str, Any]:
    """Column lineage of the event's output: `input table.column` with its transformations, by output column."""
    fields = event["outputs"][0]["facets"]["columnLineage"]["fields"]
    return {
        column: {f"{i['name']}.{i['field']}": [(t["type"], t["subtype"]) for t in i["transformations"]] for i in field["inputFields"]}
        for column, field in fields.items()
    }


def test_every_event_keeps_the_schemas(events: list[Event]) -> None:
    assert [(event["job"]["name"], fault) for event in events for fault in faults(event)] == []


@pytest.mark.skipif(SPECIFICATION is None, reason="OPENLINEAGE_SPEC names no checkout of the specification")
def test_every_event_keeps_the_specification_itself(events: list[Event]) -> None:
    assert [(event["job"]["name"], fault) for event in events for fault in faults_by_specification(event, Path(SPECIFICATION or ""))] == []


def test_every_table_that_was_built_is_told_as_complete(events: list[Event], ends: dict[str, Event], fixture_folder: DataFolder) -> None:
    results = json.loads((fixture_folder.cache / "dbt" / "run_results.json").read_text(encoding="utf-8"))["results"]
    built = {tuple(r["unique_id"].split(".")[::2]) for r in results if r["unique_id"].startswith(("model.", "seed."))}
    assert len(built) > 300
    told = [name for name in ends if name.startswith(("model.", "seed."))]
    assert {tuple(name.split(".")) for name in told} == built
    assert {ends[name]["eventType"] for name in told} == {"COMPLETE"}
    begun = [event["job"]["name"] for event in events if event["eventType"] == "START"]
    assert sorted(begun) == sorted(ends), "every job that ended began once"


def test_files_are_told_with_their_hashes_and_rows(ends: dict[str, Event], fixture_folder: DataFolder) -> None:
    files = {i["name"]: i for name, event in ends.items() if name.startswith("load.") for i in event["inputs"]}
    on_disk = {f"landing/{f.relative_to(fixture_folder.landing)}": f for f in fixture_folder.landing.rglob("*.*") if f.name[0] != "_"}
    assert {name for name in on_disk if not name.endswith(".control.json")} == set(files)
    for name, file in files.items():
        assert file["facets"]["version"]["datasetVersion"] == f"sha256:{hashlib.sha256(on_disk[name].read_bytes()).hexdigest()}"
    with duckdb.connect(str(fixture_folder.raw_database), read_only=True) as raw:
        (organisations,) = raw.execute("select count(*) from master_data.organisation").fetchone()
    output = ends["load.master_data.organisation"]["outputs"][0]
    assert (output["name"], output["outputFacets"]["outputStatistics"]["rowCount"]) == ("raw.master_data.organisation", organisations)


def test_columns_come_from_where_a_reader_of_the_sql_says(ends: dict[str, Event]) -> None:
    daily = fields_of(ends["model.agg_contacts_daily"])
    assert daily["handle_seconds"] == {"zhicang.marts.fct_contacts.handle_seconds": [("DIRECT", "AGGREGATION")]}
    assert daily["platform"] == {"zhicang.marts.fct_contacts.platform": [("DIRECT", "IDENTITY")]}
    assert daily["abandoned_call_count"] == {
        "zhicang.marts.fct_contacts.contact_type": [("INDIRECT", "FILTER")],
        "zhicang.marts.fct_contacts.is_abandoned": [("INDIRECT", "FILTER")],
    }
    people = fields_of(ends["model.stg_master_data__employees"])
    assert people["id_number_token"]["raw.master_data.employee.id_number"] == [("DIRECT", "TRANSFORMATION")]
    masked = ends["model.stg_master_data__employees"]["outputs"][0]["facets"]["columnLineage"]["fields"]["id_number_token"]
    assert all(t["masking"] for f in masked["inputFields"] for t in f["transformations"])
    rate = fields_of(ends["metrics.metric_values"])["average_handle_seconds"]
    assert rate["zhicang.marts.agg_contacts_daily.handle_seconds"] == [("DIRECT", "AGGREGATION")]
    assert rate["zhicang.marts.agg_contacts_daily.contact_date"] == [("INDIRECT", "GROUP_BY")]


def test_a_catalogue_can_follow_every_column_to_a_file(ends: dict[str, Event]) -> None:
    schemas = {o["name"]: {f["name"] for f in o["facets"]["schema"]["fields"]} for event in ends.values() for o in event["outputs"]}
    unknown = set()
    for event in ends.values():
        inputs = {i["name"] for i in event["inputs"]}
        for output in event["outputs"]:
            lineage = output["facets"]["columnLineage"]
            assert set(lineage["fields"]) <= schemas[output["name"]], event["job"]["name"]
            for field in [*lineage["dataset"], *(i for f in lineage["fields"].values() for i in f["inputFields"])]:
                assert field["name"] in inputs, f"{event['job']['name']} reads {field['name']}"
                if field["name"] in schemas and field["field"] not in schemas[field["name"]]:
                    unknown.add(f"{field['name']}.{field['field']}")
    assert unknown == set()


def test_metrics_and_the_run_itself_are_told(events: list[Event], ends: dict[str, Event], fixture_folder: DataFolder) -> None:
    with duckdb.connect(str(fixture_folder.published_database.resolve()), read_only=True) as published:
        (values,) = published.execute("select count(*) from metric_values").fetchone()
        codes = {row[0] for row in published.execute("select distinct metric_code from metric_values").fetchall()}
    output = ends["metrics.metric_values"]["outputs"][0]
    assert output["outputFacets"]["outputStatistics"]["rowCount"] == values
    assert codes <= {field["name"] for field in output["facets"]["schema"]["fields"]}
    run = ends["warehouse"]
    assert events[-1] == run
    tags = {tag["key"]: tag["value"] for tag in run["run"]["facets"]["tags"]["tags"]}
    assert tags["published_version"] == fixture_folder.current_publication.resolve().name


def test_nothing_of_this_machine_is_told(events: list[Event], fixture_folder: DataFolder) -> None:
    text = json.dumps(events)
    for path in (fixture_folder.root, PROJECT_ROOT, Path.home()):
        assert str(path) not in text
