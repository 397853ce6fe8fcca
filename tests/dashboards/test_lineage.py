"""The lineage page's graph: what is drawn, where it lies, and what a click shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from itertools import combinations, product
from random import Random

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.components.lineage import Marks, key_of, lineage_figure
from dashboards.components.lineage_graph import Box, Graph, boxes_by_layer, graph_of
from dashboards.components.lineage_layout import BETWEEN, crossings, lay_out
from dashboards.components.texts import Words
from dashboards.published import open_published, question_text
from metrics_dictionary.locations import DataFolder
from tests.dashboards.reading import html_of

Start = Callable[..., AppTest]
COLUMNS = ["from_layer", "from_table", "from_column", "to_layer", "to_table", "to_column", "use"]
SMALLEST_FONT = 10.5


def path_of(*edges: str) -> pd.DataFrame:
    """Edges written `layer table column > layer table column use`."""
    return pd.DataFrame([edge.replace(">", " ").split() for edge in edges], columns=COLUMNS)


def named_edges(graph: Graph) -> dict[tuple[str, str], str]:
    return {(source.name, target.name): graph.kind((source, target)) for source, target in graph.edges}


def test_boxes_that_could_be_drawn_without_crossing_are() -> None:
    columns = {"a": 0, "b": 0, "c": 0, "x": 1, "y": 1, "z": 1}
    edges = [("a", "z"), ("b", "x"), ("c", "y")]
    middles = lay_out(columns, edges, dict.fromkeys(columns, 30.0)).middles
    order = [sorted("abc", key=middles.get), sorted("xyz", key=middles.get)]
    links: list[dict] = [{}, {}]
    for source, target in edges:
        links[0].setdefault(source, []).append(target)
    assert crossings([list("abc"), list("xyz")], links) == 2
    assert crossings(order, links) == 0


def test_no_box_lies_on_another_and_long_edges_pass_between_boxes() -> None:
    random = Random(5)
    columns = {number: number % 6 for number in range(60)}
    edges = [(a, b) for a, b in product(columns, columns) if columns[a] < columns[b] and random.random() < 0.06]
    heights = {number: 36.0 + 14 * (number % 3) for number in columns}
    layout = lay_out(columns, edges, heights)
    for a, b in combinations(columns, 2):
        if columns[a] == columns[b]:
            assert abs(layout.middles[a] - layout.middles[b]) >= (heights[a] + heights[b]) / 2 + BETWEEN - 0.01
    for lanes in layout.routes.values():
        for column, middle in lanes:
            assert all(abs(layout.middles[n] - middle) > heights[n] / 2 for n in columns if columns[n] == column)
    assert min(layout.middles[n] - heights[n] / 2 for n in columns) >= -0.01
    assert max(layout.middles[n] + heights[n] / 2 for n in columns) == pytest.approx(layout.height)


def test_a_hidden_layer_leads_through_and_keeps_the_weakest_use() -> None:
    path = path_of(
        "delivery s/a x > staging stg_a x value",
        "staging stg_a x > mart fct_a x value",
        "delivery s/b y > staging stg_b y value",
        "staging stg_b y > mart fct_a * filter",
        "staging stg_b z > mart fct_b z value",
    )
    graph = graph_of(path, {}, {"staging"}, set())
    assert named_edges(graph) == {("s/a", "fct_a"): "value", ("s/b", "fct_a"): "filter"}
    assert boxes_by_layer(path) == {"delivery": 2, "staging": 2, "mart": 2}


def test_a_box_lies_right_of_those_it_is_made_of() -> None:
    path = path_of(
        "mart fct x > mart agg x value",
        "mart agg x > mart score x value",
        "mart dim x > mart score x join",
        "mart score x > metric metric m value",
    )
    graph = graph_of(path, {}, set(), set())
    places = {box.name: column for box, column in graph.columns.items()}
    assert places == {"fct": 0, "dim": 0, "agg": 1, "score": 2, "m": 3}


def test_a_folded_layer_has_a_box_per_subject() -> None:
    path = path_of(*(f"mart fct_{n} x > metric metric m{n} value" for n in range(4)))
    subjects = {"m0": "claims", "m1": "claims", "m2": "credit", "m3": "claims"}
    graph = graph_of(path, subjects, set(), {"metric"})
    folded = {box.name: box.members for box in graph.columns if box.layer == "metric"}
    assert folded == {"claims": ("m0", "m1", "m3"), "m2": ()}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sixty_boxes_stay_legible(language: str) -> None:
    """No label leaves its box, none is written small, and the figure grows with the number of boxes."""
    names = {"m": "万张保单投诉量（行业）" if language == "zh" else "Complaints per ten thousand policies"}
    staged = [
        f"delivery policy_admin/servicing_request_{n} x > staging stg_policy_admin__servicing_requests_{n} x value" for n in range(19)
    ]
    merged = [
        f"staging stg_policy_admin__servicing_requests_{n} x > mart agg_complaint_exposures_{n}_quarterly x filter" for n in range(19)
    ]
    read = [f"mart agg_complaint_exposures_{n}_quarterly x > metric metric m value" for n in range(19)]
    graph = graph_of(path_of(*staged, *merged, *read), {"m": "service"}, set(), set())
    assert len(graph.columns) == 58
    figure = lineage_figure(graph, Marks(names, {"policy_admin/servicing_request_1": 1}, "m"), Words(language))
    bars, labels = figure.data[-2], figure.data[-1]
    assert labels.textfont.size >= SMALLEST_FONT
    for left, width, height, x, text in zip(bars.base, bars.x, bars.width, labels.x, labels.text, strict=True):
        lines = text.replace("</span>", "").split("<br>")
        longest = max(sum(11 if letter > "\u2e7f" else 5.7 for letter in line.split(">")[-1]) for line in lines)
        assert x + longest <= left + width
        assert len(lines) * 13 <= height
    assert figure.layout.height > 19 * 40
    assert figure.layout.width <= 1440


def test_ways_through_the_box_opened_stand_out_and_failing_boxes_are_red() -> None:
    path = path_of("delivery s/a x > mart fct x value", "delivery s/b x > mart fct y value", "mart fct x > metric metric m value")
    graph = graph_of(path, {}, set(), set())
    opened = next(box for box in graph.columns if box.name == "s/a")
    lit = {(source.name, target.name) for source, target in graph.through(opened)}
    assert lit == {("s/a", "fct"), ("fct", "m")}
    figure = lineage_figure(graph, Marks({"m": "M"}, {"s/b": 2}, "m", opened), Words("zh"))
    borders = dict(zip((data[0] for data in figure.data[-2].customdata), figure.data[-2].marker.line.color, strict=True))
    assert [key for key, colour in borders.items() if colour == "#b3362c"] == ["delivery s/b"]
    assert any("2 项校验未通过" in text for text in figure.data[-2].hovertext)


def test_the_page_shows_the_box_chosen_with_its_sql_owner_checks_and_freshness(start: Start) -> None:
    app = start("lineage")
    app.selectbox(key="lineage_metric").select("clearing_error_rate").run()
    assert not app.exception
    shown = html_of(app)
    assert "字段 account/clearing_entry.is_error 的校验“不得为空”未通过：3 行不符合；该指标用它计算数值、以它为筛选条件。" in shown
    app.selectbox(key="lineage_box").select(key_of(Box("delivery", "account/clearing_entry", "account"))).run()
    shown = html_of(app)
    for piece in ("2025-04-16", "财务部（1 项指标）", "1 项校验中有 1 项未通过", "account/clearing_entry/dt=2025-04-16/clearing.parquet"):
        assert piece in shown
    app.selectbox(key="lineage_box").select(key_of(Box("mart", "fct_clearing_entries", "payments"))).run()
    assert app.code[-1].value == "select is_error from entries"
    assert "这不等于校验通过" in html_of(app)


@pytest.mark.parametrize(("kind", "way", "boxes"), [("table", "upstream", 1), ("column", "downstream", 5), ("file", "both", 7)])
def test_a_table_a_column_or_a_file_can_be_picked(start: Start, kind: str, way: str, boxes: int) -> None:
    app = start("lineage", "en")
    app.segmented_control(key="lineage_kind").set_value(kind).run()
    app.segmented_control(key="lineage_way").set_value(way).run()
    picker = "lineage_delivery" if kind == "file" else f"lineage_table_{kind}"
    table = {"table": "account/clearing_entry", "column": "int_business__premiums", "file": "policy_admin/policy"}[kind]
    app.selectbox(key=picker).select(table).run()
    if kind == "column":
        app.selectbox(key=f"lineage_column_{table}").select("premium_amount").run()
    assert not app.exception
    if boxes == 1:
        assert "reads nothing" in app.info[0].value
        return
    (chart,) = app.get("plotly_chart")
    assert f"{boxes} boxes" in chart.proto.alt
    assert len(json.loads(chart.proto.spec)["data"][-1]["text"]) == boxes


def test_layers_are_hidden_and_folded_on_the_page(start: Start) -> None:
    app = start("lineage")
    app.selectbox(key="lineage_metric").select("gross_written_premium").run()
    (layers,) = [pills for pills in app.get("pills") if pills.key.startswith("lineage_layers_")]
    before = json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["annotations"]
    layers.set_value(["delivery", "mart", "metric"]).run()
    assert not app.exception
    after = json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["annotations"]
    assert len(before) == 6
    assert [note["text"] for note in after] == ["<b>交付</b>", "<b>数据集市</b>", "<b>指标</b>"]


def test_freshness_is_that_of_everything_delivered_above(sample_folder: DataFolder) -> None:
    data = open_published("executive", sample_folder)
    place = {"table_name": "metric", "column_name": "average_premium_per_policy"}
    answers = {tuple(data._connection.cursor().execute(question_text("lineage_freshness"), place).fetchone()) for _ in range(60)}
    day = date(2025, 4, 17)
    assert answers == {(1, day, "policy_admin/policy", day, datetime(2025, 4, 18, 6))}


def test_a_role_sees_no_lineage_of_metrics_outside_its_subjects(sample_folder: DataFolder) -> None:
    place = {"table_name": "account/clearing_entry", "column_name": None, "is_upward": True, "is_downward": True}
    everybody = open_published("executive", sample_folder).ask("lineage_path", **place)
    assert "clearing_error_rate" in set(everybody["to_column"])
    data = open_published("branch_manager", sample_folder)
    assert set(data.ask("lineage_path", **place)["to_table"]) == {"fct_clearing_entries"}
    assert data.ask("lineage_owners", table_name="account/clearing_entry").empty
    assert data.ask("trust_reasons", metric_code="clearing_error_rate").empty
    told = "select count(*), count(detail), count(rows_failing) from checks"
    assert data._connection.cursor().execute(told).fetchone()[1:] == (0, 0)
    assert open_published("executive", sample_folder)._connection.cursor().execute(told).fetchone()[1] > 0
