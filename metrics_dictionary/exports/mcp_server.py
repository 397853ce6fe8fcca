"""A Model Context Protocol server over the dictionary and the published database: list, describe, query. It changes nothing.

Made with the official Python SDK (https://github.com/modelcontextprotocol/python-sdk), whose FastMCP is called MCPServer since
its version 2. To add a tool, write a method of `Answers` and name it in `create_server`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import wraps
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from metrics_dictionary.cuts import GROUP_BYS
from metrics_dictionary.definitions import Dictionary, find_manifest
from metrics_dictionary.engine import Engine
from metrics_dictionary.errors import MetricsError, unknown_name
from metrics_dictionary.exports.publication import published
from metrics_dictionary.formulas import formula_of
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.query import MetricQuery, compile_query, run_query
from metrics_dictionary.targets import TARGETS, read_targets

ROW_LIMIT = 1_000
INSTRUCTIONS = (
    "The governed metrics of an insurance group. Find a code with list_metrics, read its definition, unit and direction with"
    " describe_metric before you use it, and compute it with query_metric. Ratios are between 0 and 1 unless the definition says"
    " otherwise. Never add up or average the values of ratios, of distinct counts or of points in time: ask for the cut you need."
    " Say as of which day the data are, and that they are simulated where is_simulated is true."
)

Code = Annotated[str, Field(description="Metric code, such as gross_written_premium.")]
Codes = Annotated[list[str], Field(description="Metric codes, one column each.", min_length=1)]
By = Annotated[list[str], Field(description=f"Dimensions to cut by: {', '.join(GROUP_BYS)}, or what describe_metric names in group_bys.")]
Grain = Annotated[
    Literal["day", "month", "quarter", "year", "all"], Field(description="Length of the periods; all: one value over all time.")
]
Where = Annotated[
    list[str],
    Field(description="Filters, all of which hold: organisation=LIFE_BJ, channel!=online, product=A|B, period>=2024-Q1, period=2024-05."),
]
AsOf = Annotated[date | None, Field(description="Leave out periods that end after this day. Values are those known today.")]
Subject = Annotated[str | None, Field(description="Only metrics of one subject, such as claims.")]
Lang = Annotated[Literal["zh", "en"], Field(description="Language of the names.")]


def create_server(folder: DataFolder, database: Path, targets: Path = TARGETS) -> MCPServer:
    """The server over the definitions of a data folder and a published database; `run("stdio")` starts it."""
    server = MCPServer(
        "zhicang-metrics", title="智舱 metrics dictionary", instructions=INSTRUCTIONS, version=version("zhicang"), log_level="WARNING"
    )
    answers = Answers(folder, database, targets)
    for answer in (answers.list_metrics, answers.describe_metric, answers.query_metric):
        annotations = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
        server.tool(annotations=annotations)(_told(answer))
    return server


class Answers:
    """What the tools answer, from the manifest and the database as they are when asked.

    MetricFlow is loaded once per manifest. Statements that the pipeline compiled are read from the cache, none are written there.
    """

    def __init__(self, folder: DataFolder, database: Path, targets: Path) -> None:
        self._folder, self._database, self._targets = folder, database, targets
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._read_at = 0

    def list_metrics(self, subject: Subject = None, lang: Lang = "en") -> dict[str, Any]:
        """List the metrics of the catalogue: code, name, unit, which direction is better, subject."""
        catalogue = self._current_engine().dictionary.catalogue
        subjects = {metric.governance.subject for metric in catalogue.values()}
        if subject is not None and subject not in subjects:
            raise MetricsError(unknown_name("subject", subject, subjects))
        metrics = [
            {
                "code": code,
                "name": m.governance.name_zh if lang == "zh" else m.governance.name_en,
                "unit": m.governance.unit,
                "direction": m.governance.direction,
                "subject": m.governance.subject,
            }
            for code, m in catalogue.items()
            if subject in {None, m.governance.subject}
        ]
        return {"metric_count": len(metrics), "metrics": metrics}

    def describe_metric(self, code: Code) -> dict[str, Any]:
        """Say everything the dictionary holds about one metric: both languages, formula, owner, version, cuts, targets."""
        dictionary = self._current_engine().dictionary
        metric = dictionary.metric(code)
        formula = formula_of(metric, dictionary)
        known = dictionary.group_bys_of([metric])
        return {
            "code": code,
            **metric.governance.model_dump(mode="json"),
            "metric_kind": metric.kind,
            "formula": formula.value.replace('"', "") if formula else None,
            "measures": [f"{m.semantic_model}.{m.name} ({m.aggregation})" for m in dictionary.measures_of(metric)],
            "group_bys": [name for name, full in GROUP_BYS.items() if full in known] + sorted(known - set(GROUP_BYS.values())),
            "targets": read_targets(self._targets).get(code, []),
        }

    def query_metric(self, codes: Codes, by: By = (), grain: Grain = "month", where: Where = (), as_of: AsOf = None) -> dict[str, Any]:
        """Compute metrics from the published data, one row per period and members. At most 1,000 rows come back."""
        wanted = MetricQuery(tuple(codes), tuple(by), None if grain == "all" else grain, tuple(where), as_of)
        engine = self._current_engine()
        with self._lock:
            statement = compile_query(wanted, engine)
        columns, rows = run_query(replace(statement, sql=f"{statement.sql} limit {ROW_LIMIT + 1}"), self._database)
        publication = published(self._database)
        answer = {
            "as_of_date": publication.as_of_date.isoformat(),
            "published_version": publication.version,
            "is_simulated": publication.is_simulated,
            "units": {code: engine.dictionary.metric(code).governance.unit for code in codes},
            "columns": columns,
            "rows": [[_plain(value) for value in row] for row in rows[:ROW_LIMIT]],
            "is_truncated": len(rows) > ROW_LIMIT,
        }
        if answer["is_truncated"]:
            answer["advice"] = f"there are more than {ROW_LIMIT:,} rows; filter with where, ask for a longer grain or for fewer dimensions"
        return answer

    def _current_engine(self) -> Engine:
        """The engine over the manifest as it is now; another when dbt has written another."""
        manifest = find_manifest(self._folder)
        with self._lock:
            written_at = manifest.with_name("semantic_manifest.json").stat().st_mtime_ns
            if self._engine is None or written_at != self._read_at:
                self._engine, self._read_at = Engine(Dictionary(manifest), self._folder.compiled), written_at
            return self._engine


def _told(answer: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Let a MetricsError reach the assistant as the tool's error, with its advice; anything else stays in the server's log."""

    @wraps(answer)
    def wrapped(*arguments: Any, **options: Any) -> dict[str, Any]:
        try:
            return answer(*arguments, **options)
        except MetricsError as error:
            raise ToolError(str(error)) from error

    return wrapped


def _plain(value: Any) -> Any:
    """A value as JSON has it: dates as text, decimals as numbers."""
    return value.isoformat() if isinstance(value, date) else float(value) if isinstance(value, Decimal) else value
