"""The events that tell of a run, from a lineage small enough to be written down by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openlineage.client.serde import Serde

from metrics_dictionary.lineage.graph import Lineage
from metrics_dictionary.lineage.metrics import METRIC
from metrics_dictionary.lineage.nodes import Node
from metrics_dictionary.lineage.project import Edge, project_lineage
from metrics_dictionary.lineage.relations import ROWS, Column
from orchestration.lib.contracts import all_contracts
from orchestration.lib.openlineage_events.events import abort_event, end_events, start_event
from orchestration.lib.openlineage_events.facts import BuiltTable, LoadedFile, RunFacts, Step
from tests.orchestration.lib.openlineage_schemas import Event, facets_of, faults, faults_by_specification

RUN = "2df4d241-f5ce-4f4b-9d52-51c1d9d107c1"
BEGAN = datetime(2024, 3, 1, 2, 0, tzinfo=UTC)
LATER = BEGAN + timedelta(minutes=1)
NODES = [
    Node("master_data/channel", "delivery", ("master_data", "channel"), "s.yml", columns=("channel_code", "channel_name", "_row_number")),
    Node("fees", "seed", ("reference", "fees"), "seeds/fees.csv", columns=("channel", "rate"), contents=("a", "b"), row_count=2),
    Node(
        "stg_channels",
        "staging",
        ("staging", "stg_channels"),
        "models/stg_channels.sql",
        ("master_data/channel",),
        sql="""
            select channel_code, upper(channel_name) as channel_name, sha256(channel_name) as name_token from master_data.channel
            qualify row_number() over (partition by channel_code order by _row_number) = 1
        """,
    ),
    Node(
        "agg_channels",
        "mart",
        ("marts", "agg_channels"),
        "models/agg_channels.sql",
        ("stg_channels", "fees"),
        sql="""
            select channels.channel_name, sum(fees.rate) as rate_sum
            from staging.stg_channels as channels inner join reference.fees as fees on channels.channel_code = fees.channel
            where channels.channel_code <> 'X' group by channels.channel_name
        """,
    ),
]
LINEAGE = Lineage(
    project_lineage(NODES),
    [
        Edge(Column("agg_channels", "rate_sum"), Column(METRIC, "fee_rate"), "value", ("sum(rate_sum)",)),
        Edge(Column("agg_channels", "channel_name"), Column(METRIC, "fee_rate"), "group", ("by channel",)),
        Edge(Column("agg_channels", ROWS), Column(METRIC, "fee_rate"), "rows", ()),
    ],
)
FILE = LoadedFile(
    "master_data",
    "channel",
    "master_data/channel/dt=2024-02-29/channel.csv",
    "ab" * 32,
    120,
    None,
    rows_read=3,
    rows_loaded=2,
    loaded_at=BEGAN,
)
FACTS = RunFacts(
    run_id=RUN,
    job="warehouse",
    started_at=BEGAN,
    ended_at=LATER,
    succeeded=True,
    commit="0123abc",
    published_version="20240301T0201",
    steps=(Step("dbt_models", True, BEGAN, LATER), Step("metrics__metric_values", True, BEGAN, LATER)),
    files=(FILE,),
    tables=tuple(BuiltTable(name, True, BEGAN, LATER) for name in ("fees", "stg_channels", "agg_channels")),
    values_written=7,
    types={("marts", "agg_channels"): {"channel_name": "VARCHAR", "rate_sum": "DOUBLE"}},
)


def events_of(facts: RunFacts, lineage: Lineage | None = LINEAGE) -> list[Event]:
    """The events as they are sent."""
    return [json.loads(Serde.to_json(e)) for e in end_events("zhicang", facts, lineage, {"fee_rate": "费率 Fee rate"})]


def end_of(events: list[Event], job: str) -> Event:
    """The one event that ends a job."""
    (event,) = (e for e in events if e["job"]["name"] == job and e["eventType"] != "START")
    return event


def inputs_of(event: Event, column: str) -> dict[str, list[tuple[str, str]]]:
    """For each `table.column` an output column comes from: type and subtype of the transformations."""
    lineage = event["outputs"][0]["facets"]["columnLineage"]
    fields = lineage["dataset"] if column == ROWS else lineage["fields"][column]["inputFields"]
    return {f"{f['name']}.{f['field']}": [(t["type"], t["subtype"]) for t in f["transformations"]] for f in fields}


def test_every_event_keeps_the_schemas() -> None:
    failing = replace(
        FACTS,
        succeeded=False,
        steps=(Step("dbt_models", False, BEGAN, LATER),),
        files=(replace(FILE, reason="empty_file", sha256=None),),
        tables=(replace(FACTS.tables[1], succeeded=False),),
    )
    told = [start_event("zhicang", RUN, "warehouse", BEGAN), abort_event("zhicang", RUN, "warehouse", BEGAN)]
    events = [*(json.loads(Serde.to_json(e)) for e in told), *events_of(FACTS), *events_of(failing)]
    assert len(events) == 2 + 11 + 5
    assert [fault for event in events for fault in faults(event)] == []


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("run", "runId"), "not-a-uuid"),
        (("eventType",), "DONE"),
        (("eventTime",), "2024-03-01T02:00:00"),
        (("job", "name"), None),
        (("run", "facets", "parent", "run"), {}),
        (("job", "facets", "sql", "query"), 3),
        (("outputs", 0, "facets", "columnLineage", "fields", "rate_sum", "inputFields", 0, "field"), None),
        (("outputs", 0, "facets", "columnLineage", "_schemaURL"), "https://openlineage.io/other.json"),
        (("outputs", 0, "facets", "unheard_of"), {"_producer": "urn:a", "_schemaURL": "urn:b"}),
    ],
)
def test_the_schemas_find_what_is_wrong(path: tuple[str | int, ...], wrong: Any) -> None:
    event = end_of(events_of(FACTS), "model.agg_channels")
    holder: Any = event
    for key in path[:-1]:
        holder = holder[key]
    if wrong is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = wrong
    assert faults(event)


def test_a_model_is_told_with_its_sql_its_schema_and_where_its_columns_come_from() -> None:
    event = end_of(events_of(FACTS), "model.agg_channels")
    assert event["eventType"] == "COMPLETE"
    assert event["job"]["facets"]["sql"] == event["job"]["facets"]["sql"] | {"query": NODES[3].sql, "dialect": "duckdb"}
    assert [d["name"] for d in event["inputs"]] == ["zhicang.staging.stg_channels", "zhicang.reference.fees"]
    (output,) = event["outputs"]
    assert output["name"] == "zhicang.marts.agg_channels"
    assert [(f["name"], f["type"]) for f in output["facets"]["schema"]["fields"]] == [("channel_name", "VARCHAR"), ("rate_sum", "DOUBLE")]
    assert inputs_of(event, "channel_name") == {"zhicang.staging.stg_channels.channel_name": [("DIRECT", "IDENTITY")]}
    assert inputs_of(event, "rate_sum")["zhicang.reference.fees.rate"] == [("DIRECT", "AGGREGATION")]
    rows = inputs_of(event, ROWS)
    assert set(rows["zhicang.staging.stg_channels.channel_code"]) == {("INDIRECT", "FILTER"), ("INDIRECT", "JOIN")}
    assert rows["zhicang.reference.fees.channel"] == [("INDIRECT", "JOIN")]
    assert rows["zhicang.staging.stg_channels.channel_name"] == [("INDIRECT", "GROUP_BY")]


def test_what_is_computed_windowed_or_masked_is_told_apart() -> None:
    event = end_of(events_of(FACTS), "model.stg_channels")
    assert inputs_of(event, "channel_name") == {"raw.master_data.channel.channel_name": [("DIRECT", "TRANSFORMATION")]}
    assert inputs_of(event, ROWS)["raw.master_data.channel._row_number"] == [("INDIRECT", "WINDOW")]
    (token,) = event["outputs"][0]["facets"]["columnLineage"]["fields"]["name_token"]["inputFields"]
    assert token["transformations"][0]["masking"] is True


def test_a_load_is_told_with_its_files_their_hashes_and_rows() -> None:
    parked = replace(FILE, file="master_data/channel/dt=2024-02-29/broken.csv", reason="empty_file")
    event = end_of(events_of(replace(FACTS, files=(FILE, parked))), "load.master_data.channel")
    (file,) = event["inputs"]
    assert (file["namespace"], file["name"]) == ("zhicang", f"landing/{FILE.file}")
    assert file["facets"]["version"]["datasetVersion"] == f"sha256:{'ab' * 32}"
    assert (file["inputFacets"]["inputStatistics"]["rowCount"], file["inputFacets"]["inputStatistics"]["size"]) == (3, 120)
    (output,) = event["outputs"]
    assert output["name"] == "raw.master_data.channel"
    assert (output["outputFacets"]["outputStatistics"]["rowCount"], output["outputFacets"]["outputStatistics"]["fileCount"]) == (2, 1)
    columns = set(all_contracts()["master_data/channel"].columns)
    assert set(output["facets"]["columnLineage"]["fields"]) == columns
    assert columns < {f["name"] for f in output["facets"]["schema"]["fields"]}


def test_a_load_of_which_nothing_was_taken_has_failed() -> None:
    event = end_of(events_of(replace(FACTS, files=(replace(FILE, reason="empty_file"),))), "load.master_data.channel")
    assert (event["eventType"], event["outputs"]) == ("FAIL", [])
    assert "channel.csv: empty_file" in event["run"]["facets"]["errorMessage"]["message"]


def test_metrics_are_columns_of_what_the_metrics_job_makes() -> None:
    event = end_of(events_of(FACTS), "metrics.metric_values")
    assert [d["name"] for d in event["inputs"]] == ["zhicang.marts.agg_channels"]
    assert inputs_of(event, "fee_rate") == {
        "zhicang.marts.agg_channels.channel_name": [("INDIRECT", "GROUP_BY")],
        "zhicang.marts.agg_channels.rate_sum": [("DIRECT", "AGGREGATION")],
    }
    assert event["outputs"][0]["outputFacets"]["outputStatistics"]["rowCount"] == 7
    assert event["outputs"][0]["facets"]["schema"]["fields"][0]["description"] == "费率 Fee rate"


def test_the_run_is_the_parent_of_its_jobs_and_ends_last() -> None:
    events = events_of(FACTS)
    own = events[-1]
    assert (own["eventType"], own["run"]["runId"], own["job"]["name"]) == ("COMPLETE", RUN, "warehouse")
    assert [(t["key"], t["value"]) for t in own["run"]["facets"]["tags"]["tags"]] == [
        ("model_commit", "0123abc"),
        ("published_version", "20240301T0201"),
    ]
    for event in events[:-1]:
        parent = event["run"]["facets"]["parent"]
        assert (parent["run"]["runId"], parent["job"]["name"]) == (RUN, "warehouse")
    kinds: dict[str, list[str]] = {}
    for event in events[:-1]:
        kinds.setdefault(event["run"]["runId"], []).append(event["eventType"])
    assert RUN not in kinds
    assert set(map(tuple, kinds.values())) == {("START", "COMPLETE")}


def test_a_failure_names_what_failed_and_tells_nothing_else() -> None:
    failed = replace(
        FACTS, succeeded=False, steps=(Step("dbt_models", False, BEGAN, LATER),), tables=(replace(FACTS.tables[2], succeeded=False),)
    )
    events = events_of(failed)
    model = end_of(events, "model.agg_channels")
    assert (model["eventType"], model["outputs"]) == ("FAIL", [])
    assert "models/agg_channels.sql" in model["run"]["facets"]["errorMessage"]["message"]
    assert events[-1]["eventType"] == "FAIL"
    assert "failed: dbt_models." in events[-1]["run"]["facets"]["errorMessage"]["message"]
    assert not any(e["job"]["name"] == "metrics.metric_values" for e in events), "the step was never begun"


def test_without_lineage_loads_and_the_run_are_told() -> None:
    assert {e["job"]["name"] for e in events_of(FACTS, None)} == {"load.master_data.channel", "warehouse"}


def test_a_checkout_of_the_specification_is_used_where_there_is_one(tmp_path: Path) -> None:
    event = end_of(events_of(replace(FACTS, tables=FACTS.tables[2:])), "model.agg_channels")
    named = {facet["_schemaURL"].partition("#")[0]: facet["_schemaURL"].rpartition("/")[2] for _, _, facet in facets_of(event)}
    (tmp_path / "facets").mkdir()
    for address, name in named.items():
        facet = {"type": "object", "required": ["_producer", "fields"] if name.startswith("ColumnLineage") else ["_producer"]}
        (tmp_path / "facets" / f"{name}.json").write_text(json.dumps({"$id": address, "$defs": {name: facet}}))
    core = {
        "$id": "https://openlineage.io/spec/2-0-2/OpenLineage.json",
        "type": "object",
        "required": ["eventTime", "producer", "run", "job"],
    }
    (tmp_path / "OpenLineage.json").write_text(json.dumps(core))
    assert faults_by_specification(event, tmp_path) == []
    del event["outputs"][0]["facets"]["columnLineage"]["fields"]
    del event["producer"]
    found = faults_by_specification(event, tmp_path)
    assert [fault.partition("'")[2] for fault in found] == ["producer' is a required property", "fields' is a required property"]
