"""Validation by Great Expectations: suites derived from contracts, run over deliveries and public marts, kept as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from orchestration.lib.checks_ledger import CheckResult
from orchestration.lib.contracts import METADATA_COLUMNS, Contract
from orchestration.lib.great_expectations_duckdb import duckdb_datasource

# Counts of failing rows are kept, their values are not: they may be personal data.
RESULT_FORMAT = {"result_format": "BASIC", "partial_unexpected_count": 0}


@dataclass(frozen=True)
class Expectation:
    """One expectation: its Great Expectations class name and arguments."""

    kind: str
    arguments: Mapping[str, Any]

    @property
    def column(self) -> str | None:
        """The column it is about, or None when it is about the table."""
        return self.arguments.get("column")


@dataclass(frozen=True)
class CheckedTable:
    """A table to validate: its name, the query that gives its rows, and what is expected of them."""

    layer: str
    subject: str
    name: str
    query: str
    expectations: list[Expectation]


@dataclass
class ValidationReport:
    """All results of one validation, and where its Data Docs lie."""

    results: list[CheckResult] = field(default_factory=list)

    def of_table(self, name: str) -> list[CheckResult]:
        """The results of one table."""
        return [r for r in self.results if r.table_name == name]


def delivery_expectations(contract: Contract, as_of: date | None) -> list[Expectation]:
    """What a contract promises, as expectations; `as_of` is the latest delivery date, for freshness."""
    expected = [
        Expectation("ExpectTableColumnsToMatchSet", {"column_set": [*contract.columns, *METADATA_COLUMNS], "exact_match": True}),
    ]
    key = [*contract.key, "_file"] if contract.delivery == "upsert" else contract.key
    if len(key) == 1:
        expected.append(Expectation("ExpectColumnValuesToBeUnique", {"column": key[0]}))
    else:
        expected.append(Expectation("ExpectCompoundColumnsToBeUnique", {"column_list": list(key)}))
    for name, column in contract.columns.items():
        if column.required:
            expected.append(Expectation("ExpectColumnValuesToNotBeNull", {"column": name}))
        if column.allowed:
            expected.append(Expectation("ExpectColumnValuesToBeInSet", {"column": name, "value_set": column.allowed}))
        if column.pattern:
            expected.append(Expectation("ExpectColumnValuesToMatchRegex", {"column": name, "regex": column.pattern}))
        if column.minimum is not None or column.maximum is not None:
            bounds = {"min_value": column.minimum, "max_value": column.maximum}
            expected.append(Expectation("ExpectColumnValuesToBeBetween", {"column": name, **bounds}))
    if as_of is not None:
        oldest = (as_of - timedelta(days=contract.freshness_days)).isoformat()
        expected.append(Expectation("ExpectColumnMaxToBeBetween", {"column": "_delivered_date", "min_value": oldest}))
    return expected


def delivered_table(contract: Contract, run_ids: Collection[str], as_of: date | None) -> CheckedTable:
    """The rows of one entity to validate: those that the named runs loaded or replayed."""
    quoted = ", ".join("'" + run_id.replace("'", "''") + "'" for run_id in sorted(run_ids))
    condition = f" where _run_id in ({quoted})"
    return CheckedTable(
        layer="delivery",
        subject=contract.source,
        name=contract.path,
        query=f'select * from checked."{contract.source}"."{contract.entity}"{condition}',
        expectations=delivery_expectations(contract, as_of),
    )


def is_public_mart(node: Mapping[str, Any]) -> bool:
    """Whether a manifest node is a model that is published."""
    return node["resource_type"] == "model" and node["schema"] == "marts"


def _expectation_of_test(node: Mapping[str, Any]) -> Expectation | None:
    """The expectation that says the same as a dbt test, or None when there is none."""
    metadata = node.get("test_metadata") if node["resource_type"] == "test" else None
    if not metadata or not node.get("attached_node") or node["config"].get("where"):
        return None
    arguments = metadata["kwargs"]
    column = arguments.get("column_name")
    match metadata["name"]:
        case "not_null":
            return Expectation("ExpectColumnValuesToNotBeNull", {"column": column})
        case "unique":
            return Expectation("ExpectColumnValuesToBeUnique", {"column": column})
        case "accepted_values":
            return Expectation("ExpectColumnValuesToBeInSet", {"column": column, "value_set": arguments["values"]})
        case "unique_combination":
            return Expectation("ExpectCompoundColumnsToBeUnique", {"column_list": arguments["columns"]})
    return None


def mart_tables(manifest: Mapping[str, Any]) -> list[CheckedTable]:
    """Every public mart of a dbt manifest with what its contract and its not-null, unique and accepted-values tests promise."""
    tests: dict[str, list[Expectation]] = {}
    for node in manifest["nodes"].values():
        expectation = _expectation_of_test(node)
        if expectation is not None:
            tests.setdefault(node["attached_node"], []).append(expectation)
    tables = []
    for unique_id, node in sorted(manifest["nodes"].items()):
        if not is_public_mart(node):
            continue
        columns = Expectation("ExpectTableColumnsToMatchSet", {"column_set": list(node["columns"]), "exact_match": True})
        tables.append(
            CheckedTable(
                layer="mart",
                subject=node["fqn"][2],
                name=node["name"],
                query=f'select * from checked."marts"."{node["name"]}"',
                expectations=[columns, *tests.get(unique_id, [])],
            )
        )
    return tables


def validate(database: Path, tables: Iterable[CheckedTable], data_docs: Path | None = None) -> ValidationReport:
    """Run the expectations of `tables` over `database` (opened read-only) and build Data Docs.

    Every expectation gives one CheckResult; one that cannot be evaluated is an `error`, never a pass.
    """
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    report = ValidationReport()
    tables = list(tables)
    views = {_view_name(table): table.query for table in tables}
    with duckdb_datasource(context, database, views) as source:
        for table in tables:
            report.results.extend(_validate_table(gx, context, source, table))
        if data_docs is not None:
            build_data_docs(context, data_docs / database.stem)
    return report


def _view_name(table: CheckedTable) -> str:
    return f"{table.layer}__{table.name.replace('/', '__')}"


def _validate_table(gx: Any, context: Any, source: Any, table: CheckedTable) -> list[CheckResult]:
    name = _view_name(table)
    batch = source.add_table_asset(name, table_name=name).add_batch_definition_whole_table("all")
    # Given whole: a suite that is already stored is written again with every expectation added, a fifth of all time.
    expectations = [getattr(gx.expectations, expectation.kind)(**expectation.arguments) for expectation in table.expectations]
    suite = context.suites.add(gx.ExpectationSuite(name, expectations=expectations))
    definition = context.validation_definitions.add(gx.ValidationDefinition(data=batch, suite=suite, name=name))
    # No checkpoint around it: it would run this one definition and look at everything stored once more.
    return [_check_result(table, result) for result in definition.run(result_format=RESULT_FORMAT).results]


def _check_result(table: CheckedTable, result: Any) -> CheckResult:
    values = result.result or {}
    raised = (result.exception_info or {}).get("raised_exception", False)
    failed_to_run = raised or (not result.success and "raised_exception" not in (result.exception_info or {}))
    arguments = result.expectation_config.kwargs
    return CheckResult(
        layer=table.layer,
        subject=table.subject,
        table_name=table.name,
        column_name=arguments.get("column"),
        expectation=result.expectation_config.type,
        status="passed" if result.success else "error" if failed_to_run else "failed",
        rows_checked=values.get("element_count"),
        rows_failing=values.get("unexpected_count"),
        detail=None if result.success else str(values.get("observed_value") or arguments.get("column_list") or "")[:200] or None,
    )


def build_data_docs(context: Any, folder: Path) -> None:
    """Great Expectations' own pages over every validation of this context, in `folder`, readable by this account only."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.parent.chmod(0o700)
    site = {
        "class_name": "SiteBuilder",
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)},
    }
    context.add_data_docs_site(site_name=folder.name, site_config=site)
    context.build_data_docs(site_names=[folder.name])
