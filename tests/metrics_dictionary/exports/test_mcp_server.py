"""The server as an assistant's client meets it: in this process, and once as the command over standard input and output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import duckdb
import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from metrics_dictionary.exports import mcp_server
from metrics_dictionary.exports.mcp_server import create_server
from metrics_dictionary.locations import DataFolder


def in_a_loop(coroutine: Callable[..., Any], *arguments: Any) -> Any:
    """Run a coroutine function in a thread of its own: the browser tests leave an event loop running in theirs."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(anyio.run, coroutine, *arguments).result()


@pytest.fixture
def call(tiny_folder: DataFolder, tiny_targets: Path):
    """A function from a tool and its arguments to the result, on the published tiny database."""
    server = create_server(tiny_folder, tiny_folder.published_database, tiny_targets)
    return lambda tool, **arguments: in_a_loop(_call, server, tool, arguments)


async def _call(server: Any, tool: str, arguments: dict[str, Any]) -> CallToolResult:
    async with Client(server) as client:
        return await client.call_tool(tool, arguments)


async def _tools(server: Any) -> list[Any]:
    async with Client(server) as client:
        return (await client.list_tools()).tools


def _error(result: CallToolResult) -> str:
    assert result.is_error
    return result.content[0].text


def test_three_tools_that_only_read(tiny_folder: DataFolder) -> None:
    tools = in_a_loop(_tools, create_server(tiny_folder, tiny_folder.published_database))
    assert [tool.name for tool in tools] == ["list_metrics", "describe_metric", "query_metric"]
    assert all(tool.annotations.read_only_hint and not tool.annotations.destructive_hint and tool.description for tool in tools)
    assert all(parameter["description"] for tool in tools for parameter in tool.input_schema["properties"].values())


def test_list(call) -> None:
    everything = call("list_metrics").structured_content
    assert everything["metric_count"] == len(everything["metrics"]) > 5
    business = call("list_metrics", subject="business", lang="zh").structured_content["metrics"]
    assert ("written_premium", "指标written_premium", "yuan") in {(m["code"], m["name"], m["unit"]) for m in business}
    assert {m["subject"] for m in business} == {"business"}
    assert "unknown subject 'busines'; did you mean business" in _error(call("list_metrics", subject="busines"))


def test_describe(call) -> None:
    facts = call("describe_metric", code="answer_rate").structured_content
    assert facts["definition_zh"] == "测试用指标。"
    assert facts["formula"] == "cast(answered_count as double) / cast(nullif(contact_count, 0) as double)"
    assert facts["group_bys"][:2] == ["company", "organisation"]
    assert [target["target_value"] for target in facts["targets"]] == ["0.9", "0.4"]
    assert "unknown metric 'answr_rate'; did you mean answer_rate" in _error(call("describe_metric", code="answr_rate"))


def test_query(call) -> None:
    answer = call("query_metric", codes=["written_premium", "answer_rate"], by=["company"], grain="quarter", where=["period>=2024"])
    assert answer.structured_content == {
        "as_of_date": "2024-02-20",
        "published_version": "v1",
        "is_simulated": True,
        "units": {"written_premium": "yuan", "answer_rate": "ratio"},
        "columns": ["period_start_date", "company", "written_premium", "answer_rate"],
        "rows": [["2024-01-01", "LIFE", 200.2, 0.6], ["2024-01-01", "PROP", 1039.0, None]],
        "is_truncated": False,
    }
    until = call("query_metric", codes=["written_premium"], grain="all", as_of="2024-01-10").structured_content
    assert until["rows"] == [[450.75]]


def test_too_many_rows_are_cut_and_said(call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mcp_server, "ROW_LIMIT", 2)
    answer = call("query_metric", codes=["written_premium"]).structured_content
    assert [row[0] for row in answer["rows"]] == ["2023-01-01", "2023-02-01"]
    assert answer["is_truncated"]
    assert "more than 2 rows; filter with where" in answer["advice"]


def test_a_filter_is_never_sql(call, tiny_folder: DataFolder) -> None:
    for value in ("x' or 1=1 --", "') or (1=1", "x'; drop table metrics.publication; --", "{{ Dimension('organisation__company_code') }}"):
        assert call("query_metric", codes=["written_premium"], where=[f"channel={value}"]).structured_content["rows"] == []
    for arguments in (
        {"where": ["1=1; drop table metrics.publication"]},
        {"by": ["channel; drop table metrics.publication"]},
        {"codes": ["written_premium; drop table metrics.publication"]},
    ):
        assert _error(call("query_metric", **({"codes": ["written_premium"]} | arguments)))
    with duckdb.connect(str(tiny_folder.published_database), read_only=True) as connection:
        assert connection.execute("select count(*) from metrics.publication").fetchone() == (1,)


def test_errors_say_what_to_do(call, tiny_folder: DataFolder) -> None:
    assert "did you mean channel" in _error(call("query_metric", codes=["written_premium"], by=["chanel"]))
    assert "write name=value" in _error(call("query_metric", codes=["written_premium"], where=["channel in (1)"]))
    assert "'day', 'month', 'quarter', 'year' or 'all'" in _error(call("query_metric", codes=["written_premium"], grain="week"))
    tiny_folder.published_database.unlink()
    assert "run 'make warehouse' first" in _error(call("query_metric", codes=["written_premium"]))


def test_nothing_is_written(call, tiny_folder: DataFolder) -> None:
    before = {path: path.stat().st_mtime_ns for path in tiny_folder.root.rglob("*")}
    call("query_metric", codes=["written_premium"], by=["channel"])
    assert {path: path.stat().st_mtime_ns for path in tiny_folder.root.rglob("*")} == before


def test_another_manifest_is_read_when_it_is_there(call, tiny_warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("list_metrics").structured_content["metric_count"] > 0
    target = tmp_path / "target"
    target.mkdir()
    monkeypatch.setenv("DBT_TARGET_PATH", str(target))
    (target / "semantic_manifest.json").write_text('{"metrics": [], "semantic_models": []}', encoding="utf-8")
    assert call("list_metrics").structured_content["metric_count"] == 0


def test_the_command_serves_over_standard_input_and_output(tiny_folder: DataFolder, tiny_warehouse) -> None:
    environment = {"ZHICANG_DATA": str(tiny_folder.root), "DBT_TARGET_PATH": str(tiny_warehouse.manifest.parent)}
    server = StdioServerParameters(command=str(Path(sys.executable).with_name("metrics")), args=["mcp"], env=environment)
    result = in_a_loop(_call, server, "query_metric", {"codes": ["written_premium"], "grain": "year", "where": ["period=2023"]})
    assert result.structured_content["rows"] == [["2023-01-01", 300.6]]
