"""The graph of models: order, what stands on what, what must be made, and the keys that tests declare."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from metrics_dictionary.errors import MetricsError
from metrics_dictionary.impact.graph import read_graph
from metrics_dictionary.impact.versions import Version


def test_parents_stand_before_children_and_deliveries_are_named(version: Callable[..., Version]) -> None:
    graph = version("base").graph
    assert graph.order.index("stg_payments") < graph.order.index("agg_premiums_daily")
    assert graph.deliveries == {"shop/payment"}
    assert graph.nodes["agg_premiums_daily"].parents == ("stg_payments",)
    assert graph.nodes["agg_premiums_daily"].key == ("accounting_date", "organisation_code", "channel_code", "product_code")
    assert graph.nodes["stg_payments"].layer == "staging"


def test_what_stands_on_a_delivery_and_what_a_mart_stands_on(version: Callable[..., Version]) -> None:
    graph = version("base").graph
    assert graph.descendants(["shop/payment"]) == {"stg_payments", "agg_premiums_daily"}
    assert graph.ancestors(["agg_premiums_daily"]) == {"agg_premiums_daily", "stg_payments", "shop/payment"}


def test_what_is_given_needs_no_parents(version: Callable[..., Version]) -> None:
    graph = version("base").graph
    assert [n.name for n in graph.needed(["agg_premiums_daily"], lambda node: False)] == ["stg_payments", "agg_premiums_daily"]
    assert [n.name for n in graph.needed(["agg_premiums_daily"], lambda node: not node.is_view)] == ["agg_premiums_daily"]


def test_a_model_without_compiled_sql_is_named(version: Callable[..., Version], tmp_path: Path) -> None:
    manifest = version("base").manifest
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["nodes"]["model.tiny.dim_date"]["compiled_code"] = None
    manifest.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(MetricsError, match=r"models/marts/dim_date\.sql was not compiled"):
        read_graph(manifest)
