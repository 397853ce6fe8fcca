"""MetricFlow in this process: from metric names, group-bys and filters to DuckDB SQL, compiled once and remembered."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.errors import MetricsError

if TYPE_CHECKING:
    from metricflow.engine.metricflow_engine import MetricFlowEngine

KEPT_CACHES = 5


class CompileOnlyClient:
    """The SQL client MetricFlow asks for. It names the dialect and runs nothing."""

    def __init__(self) -> None:
        from metricflow.protocols.sql_client import SqlEngine
        from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer

        self.sql_engine_type = SqlEngine.DUCKDB
        self.sql_plan_renderer = DuckDbSqlPlanRenderer()

    def query(self, *_: Any, **__: Any) -> None:
        """Refuse: statements are compiled here and run by the caller."""
        raise NotImplementedError("this client compiles metric queries and runs none")

    execute = query
    dry_run = query

    def render_bind_parameter_key(self, bind_parameter_key: str) -> str:
        """DuckDB's spelling of a named parameter."""
        return f"${bind_parameter_key}"

    def close(self) -> None:
        """Nothing is open."""


class Engine:
    """Compiles metric requests against one semantic manifest.

    With a `cache` folder, a statement compiled before for the same semantic manifest is read, not compiled;
    MetricFlow itself (one second to import) is loaded only when something is missing.
    """

    def __init__(self, dictionary: Dictionary, cache: Path | None = None) -> None:
        self.dictionary = dictionary
        self.compiled_count = 0
        self._cache_file = cache / "metric_sql" / f"{dictionary.hash}.json" if cache else None
        self._statements: dict[str, str] = {}
        if self._cache_file and self._cache_file.exists():
            self._statements = json.loads(self._cache_file.read_text(encoding="utf-8"))

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.save()

    def explain(self, metrics: Sequence[str], group_by: Sequence[str] = (), where: Sequence[str] = ()) -> str:
        """The SQL of a request; columns are named as in `group_by`, then one per metric.

        `where` holds MetricFlow's filter templates; never put a user's words in them. Raises MetricsError when the
        request does not fit the semantic models.
        """
        request = json.dumps([list(metrics), list(group_by), list(where)], ensure_ascii=False)
        key = hashlib.sha256(request.encode()).hexdigest()
        if key not in self._statements:
            self._statements[key] = self._compile(metrics, group_by, where)
            self.compiled_count += 1
        return self._statements[key]

    def save(self) -> None:
        """Write the statements compiled since opening, in one atomic step, and drop the caches of old manifests."""
        if not self._cache_file or not self.compiled_count:
            return
        folder = self._cache_file.parent
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._cache_file.with_suffix(f".{os.getpid()}")
        unfinished.write_text(json.dumps(self._statements, ensure_ascii=False), encoding="utf-8")
        unfinished.replace(self._cache_file)
        for old in sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime)[:-KEPT_CACHES]:
            old.unlink(missing_ok=True)

    def _compile(self, metrics: Sequence[str], group_by: Sequence[str], where: Sequence[str]) -> str:
        from metricflow.engine.metricflow_engine import MetricFlowQueryRequest
        from metricflow_semantics.errors.error_classes import MetricFlowException

        request = MetricFlowQueryRequest.create(
            metric_names=list(metrics), group_by_names=list(group_by), where_constraints=list(where) or None
        )
        try:
            return self._metricflow.explain(request).sql_statement.sql
        except (MetricFlowException, ValueError) as error:
            reason = " ".join(str(error).split())
            raise MetricsError(f"{', '.join(metrics)} by {', '.join(group_by) or 'nothing'}: {reason}") from error

    @cached_property
    def _metricflow(self) -> MetricFlowEngine:
        from metricflow.engine.metricflow_engine import MetricFlowEngine
        from metricflow_semantics.model.dbt_manifest_parser import parse_manifest_from_dbt_generated_manifest
        from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

        manifest = parse_manifest_from_dbt_generated_manifest(self.dictionary.text)
        return MetricFlowEngine(SemanticManifestLookup(manifest), sql_client=CompileOnlyClient())
