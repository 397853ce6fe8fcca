"""The events of OpenLineage that tell of a run: computed from its facts and the lineage, sent by nobody here.

The run is a job of its own; each delivery, each table dbt builds and the computation of metrics is a job that names the run as its parent.
Messages of errors name what failed and never quote it: what a database says about a value can hold personal data.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from importlib.metadata import version

from openlineage.client.event_v2 import InputDataset, Job, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import (
    JobFacet,
    RunFacet,
    column_lineage_dataset,
    dataset_version_dataset,
    error_message_run,
    input_statistics_input_dataset,
    job_type_job,
    output_statistics_output_dataset,
    parent_run,
    schema_dataset,
    set_producer,
    sql_job,
    tags_run,
)

from metrics_dictionary.lineage.graph import Lineage
from metrics_dictionary.lineage.metrics import METRIC
from metrics_dictionary.lineage.project import Edge
from orchestration.lib.contracts import METADATA_COLUMNS, all_contracts
from orchestration.lib.openlineage_events.columns import column_lineage, copied, table_name
from orchestration.lib.openlineage_events.facts import BuiltTable, LoadedFile, RunFacts

set_producer(f"urn:zhicang:pipeline:{version('zhicang')}")

METRICS_STEP = "metrics__metric_values"
METRIC_VALUES = "zhicang.metrics.metric_values"


def start_event(namespace: str, run_id: str, job: str, at: datetime) -> RunEvent:
    """The run begins."""
    return _event(RunState.START, at, Run(run_id), _job(namespace, job, "DAGSTER", "JOB"))


def abort_event(namespace: str, run_id: str, job: str, at: datetime) -> RunEvent:
    """A run that was killed, told by the run that found it."""
    return _event(RunState.ABORT, at, Run(run_id), _job(namespace, job, "DAGSTER", "JOB"))


def end_events(namespace: str, facts: RunFacts, lineage: Lineage | None, metric_names: Mapping[str, str]) -> list[RunEvent]:
    """Everything that happened in the run, and last the end of the run itself.

    Without `lineage` nothing is told of tables and metrics. `metric_names` are the names of the metrics by code.
    """
    told = _Told(namespace, facts)
    events = list(told.loads())
    if lineage is not None:
        for table in facts.tables:
            events += told.table(table, lineage)
        events += told.metrics(lineage, metric_names)
    run = Run(facts.run_id, _run_facets(facts.commit, facts.published_version))
    if not facts.succeeded:
        steps = ", ".join(facts.failed_steps) or "a step that was not recorded"
        run.facets["errorMessage"] = _message(f"failed: {steps}. The log of the run says why; what was published before stays as it was.")
    state = RunState.COMPLETE if facts.succeeded else RunState.FAIL
    return [*events, _event(state, facts.ended_at, run, _job(namespace, facts.job, "DAGSTER", "JOB"))]


class _Told:
    """The jobs inside a run."""

    def __init__(self, namespace: str, facts: RunFacts) -> None:
        self.namespace = namespace
        self.facts = facts
        run, job = parent_run.Run(facts.run_id), parent_run.Job(namespace, facts.job)
        root = parent_run.Root(parent_run.RootRun(facts.run_id), parent_run.RootJob(namespace, facts.job))
        self.parent = parent_run.ParentRunFacet(run, job, root)

    def loads(self) -> Iterator[RunEvent]:
        """One job for each entity of which files came; it fails when all of them are parked."""
        by_entity: dict[tuple[str, str], list[LoadedFile]] = defaultdict(list)
        for file in self.facts.files:
            by_entity[file.source, file.entity].append(file)
        for (source, entity), files in by_entity.items():
            taken = [file for file in files if not file.is_parked]
            contract = all_contracts().get(f"{source}/{entity}")
            own = {name: (column.type, f"{column.zh} {column.en}") for name, column in contract.columns.items()} if contract else {}
            names = [f"landing/{file.file}" for file in taken]
            inputs = [self._file(name, file, own) for name, file in zip(names, taken, strict=True)]
            outputs = []
            if taken:
                output = self._output(f"raw.{source}.{entity}", own | {name: (kind, None) for name, kind in METADATA_COLUMNS.items()})
                output.facets["columnLineage"] = copied(own, names, self.namespace)
                rows, count = sum(file.rows_loaded for file in taken), len(taken)
                output.outputFacets["outputStatistics"] = output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(
                    rowCount=rows, fileCount=count
                )
                outputs.append(output)
            moments = [file.loaded_at for file in files]
            parked = ", ".join(f"{file.file}: {file.reason}" for file in files if file.is_parked)
            yield from self._pair(
                _job(self.namespace, f"load.{source}.{entity}", "DAGSTER", "LOAD"),
                (min(moments), max(moments)),
                inputs,
                outputs,
                None if taken else f"nothing was taken. {parked}",
            )

    def table(self, built: BuiltTable, lineage: Lineage) -> Iterator[RunEvent]:
        """The job of a model, seed or snapshot."""
        node, model = lineage.project.nodes[built.name], lineage.project.models[built.name]
        job = _job(self.namespace, f"{'seed' if node.layer == 'seed' else 'model'}.{node.name}", "DBT", "MODEL")
        types = self.facts.types.get(node.relation, {})
        output = self._output(table_name(node), {column: (types.get(column), None) for column in model.columns})
        if node.layer == "seed":
            inputs = [InputDataset(self.namespace, node.path)]
            output.facets["columnLineage"] = copied(model.columns, [node.path], self.namespace)
        else:
            inputs = [InputDataset(self.namespace, table_name(lineage.project.nodes[parent])) for parent in node.parents]
            output.facets["columnLineage"] = self._lineage(model.edges, lineage)
        if node.sql:
            job.facets["sql"] = sql_job.SQLJobFacet(node.sql, "duckdb")
        fault = None if built.succeeded else f"dbt could not build {node.path}. The log of the run says why."
        yield from self._pair(job, (built.started_at, built.ended_at), inputs, [output], fault)

    def metrics(self, lineage: Lineage, metric_names: Mapping[str, str]) -> Iterator[RunEvent]:
        """The job that computes metrics; each metric is a column of its output, by its code."""
        step = next((step for step in self.facts.steps if step.key == METRICS_STEP), None)
        if step is None:
            return
        edges = [edge for edge in lineage.edges if edge.target.table == METRIC]
        known = dict.fromkeys(edge.source.table for edge in edges if edge.source.table in lineage.project.nodes)
        inputs = [InputDataset(self.namespace, table_name(lineage.project.nodes[table])) for table in known]
        output = self._output(METRIC_VALUES, {code: ("DOUBLE", metric_names.get(code)) for code in lineage.metrics})
        output.facets["columnLineage"] = self._lineage((edge for edge in edges if edge.source.table in known), lineage)
        output.outputFacets["outputStatistics"] = output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(
            rowCount=self.facts.values_written
        )
        fault = None if step.succeeded else "the metrics could not be computed. The log of the run says why."
        job = _job(self.namespace, "metrics.metric_values", "DAGSTER", "METRICS")
        yield from self._pair(job, (step.started_at, step.ended_at), inputs, [output], fault)

    def _lineage(self, edges: Iterable[Edge], lineage: Lineage) -> column_lineage_dataset.ColumnLineageDatasetFacet:
        names = {name: table_name(node) for name, node in lineage.project.nodes.items()}
        return column_lineage(edges, names, self.namespace)

    def _file(self, name: str, file: LoadedFile, columns: Mapping[str, tuple[str, str]]) -> InputDataset:
        facets = {"schema": _schema(columns)}
        if file.sha256:
            facets["version"] = dataset_version_dataset.DatasetVersionDatasetFacet(f"sha256:{file.sha256}")
        read = input_statistics_input_dataset.InputStatisticsInputDatasetFacet(rowCount=file.rows_read, size=file.size_bytes)
        return InputDataset(self.namespace, name, {"inputStatistics": read}, facets=facets)

    def _output(self, name: str, columns: Mapping[str, tuple[str | None, str | None]]) -> OutputDataset:
        return OutputDataset(self.namespace, name, facets={"schema": _schema(columns)})

    def _pair(
        self, job: Job, times: tuple[datetime, datetime], inputs: list[InputDataset], outputs: list[OutputDataset], fault: str | None
    ) -> Iterator[RunEvent]:
        """The beginning and the end of a job inside the run. One that failed has made none of its outputs."""
        run_id = str(uuid.uuid5(uuid.UUID(self.facts.run_id), job.name))
        yield _event(RunState.START, times[0], Run(run_id, {"parent": self.parent}), Job(job.namespace, job.name, dict(job.facets)))
        facets: dict[str, RunFacet] = {"parent": self.parent}
        if fault:
            yield _event(RunState.FAIL, times[1], Run(run_id, facets | {"errorMessage": _message(fault)}), job, inputs)
        else:
            yield _event(RunState.COMPLETE, times[1], Run(run_id, facets), job, inputs, outputs)


def _schema(columns: Mapping[str, tuple[str | None, str | None]]) -> schema_dataset.SchemaDatasetFacet:
    return schema_dataset.SchemaDatasetFacet(
        [
            schema_dataset.SchemaDatasetFacetFields(name, kind, description, place)
            for place, (name, (kind, description)) in enumerate(columns.items(), start=1)
        ]
    )


def _job(namespace: str, name: str, integration: str, kind: str) -> Job:
    facets: dict[str, JobFacet] = {"jobType": job_type_job.JobTypeJobFacet("BATCH", integration, kind)}
    return Job(namespace, name, facets)


def _run_facets(commit: str | None, published_version: str | None = None) -> dict[str, RunFacet]:
    known = {"model_commit": commit, "published_version": published_version}
    tags = [tags_run.TagsRunFacetFields(key, value, "ZHICANG") for key, value in known.items() if value]
    return {"tags": tags_run.TagsRunFacet(tags)} if tags else {}


def _message(text: str) -> error_message_run.ErrorMessageRunFacet:
    return error_message_run.ErrorMessageRunFacet(text, "SQL")


def _event(
    state: RunState, at: datetime, run: Run, job: Job, inputs: Iterable[InputDataset] = (), outputs: Iterable[OutputDataset] = ()
) -> RunEvent:
    return RunEvent(eventTime=at.isoformat(), eventType=state, run=run, job=job, inputs=list(inputs), outputs=list(outputs))
