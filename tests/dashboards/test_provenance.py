"""One click from a number to where it comes from, within what the role may see."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.components.session import Selection
from dashboards.components.texts import all_texts
from dashboards.published import PublishedDataError, open_published
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.provenance.places import Place, place_of
from orchestration.lib.row_rules import RULES
from tests.dashboards.reading import html_of, words_of

MARCH = date(2025, 3, 1)
TOTAL = place_of("gross_written_premium", "month", MARCH, [])
BEIJING = place_of("gross_written_premium", "month", MARCH, [("organisation", "LIFE_BJ")])
CUTS = [TOTAL, BEIJING, place_of("gross_written_premium", "quarter", date(2025, 1, 1), [("company", "LIFE"), ("channel", "BANK")])]


def window() -> None:
    """What the focus window of one metric shows; AppTest reruns whole pages only, and a page closes its windows."""
    from dashboards.components.focus import _focus
    from dashboards.components.session import published, selection

    _focus(published().ask("tiles", **selection().cut).set_index("metric_code", drop=False).loc["gross_written_premium"])


def open_panel(folder: DataFolder, language: str = "zh", role: str = "executive") -> AppTest:
    """The window of a metric of Beijing's March after the click that asks where its number comes from."""
    app = AppTest.from_function(window, default_timeout=60)
    app.session_state["language"] = language
    app.session_state["published"] = open_published(role, folder)
    app.session_state["selection"] = Selection("month", MARCH, True, "LIFE_BJ", "LIFE")
    app.run()
    assert any("focus_trend" in chart.proto.id for chart in app.get("plotly_chart"))
    app.button(key="provenance_open").click().run()
    assert not app.exception
    assert not app.get("plotly_chart")
    return app


def let(folder: DataFolder, role: str, right: str, value: bool) -> None:
    """Change one right of a role in a publication of one's own."""
    with duckdb.connect(str(folder.published_database.resolve())) as connection:
        connection.execute(f"update metrics.access_policy set {right} = ? where role = ?", [value, role])


def test_one_click_says_where_the_number_comes_from(sample_folder: DataFolder) -> None:
    app = open_panel(sample_folder)
    shown = html_of(app)
    value = open_published("executive", sample_folder).provenance(BEIJING).value.value
    for piece in (
        f"{value / 1e4:,.1f}万",
        "2025年3月 · 人寿北京分公司",
        "4 个源文件",
        "截至 2025-04-18 交付",
        "提交 abc1234d 之后的未提交工作副本",
        "3 项校验中有 1 项未通过",
        "1 行数据仍在隔离区",
        "positive_amount",
        "premium_payment/dt=2025-03-31/p.csv",
    ):
        assert piece in shown, piece
    assert re.search(r"背后 \d+ 行加总后与公布值一致", shown)
    assert "claims/claim" not in shown, "a file of another metric's source"
    assert "agg_example_daily" in app.get("code")[0].value
    assert len(app.get("download_button")) == 1
    app.button(key="provenance_back").click().run()
    assert any("focus_trend" in chart.proto.id for chart in app.get("plotly_chart"))


def test_the_panel_speaks_one_language(sample_folder: DataFolder) -> None:
    shown = words_of(open_panel(sample_folder, "en"))
    assert "Where this number comes from" not in shown
    assert "This number comes from 4 files" in shown
    assert set(re.findall(r"[\u4e00-\u9fff]+", shown)) == set()
    names = {text["en"] for key, text in all_texts().items() if key.startswith(("provenance.", "column."))}
    chinese = words_of(open_panel(sample_folder, "zh"))
    assert not {name for name in names if len(name) > 4 and re.search(rf"\b{re.escape(name)}\b", chinese)}


@pytest.mark.parametrize("place", CUTS, ids=lambda place: place.dimension_set)
def test_records_make_the_number_in_every_cut(sample_folder: DataFolder, place: Place) -> None:
    data = open_published("executive", sample_folder)
    found = data.provenance(place)
    assert found.behind.reproduces
    (term,) = found.behind.terms
    records = data.records(term.mart, 1_000)
    assert len(records) == term.mart.row_count > 0
    assert round(sum(records["contribution"])) == found.value.value
    assert records["payment_number"].str.fullmatch(r"\*{4}\d{4}").all(), "identifying columns are masked"


def test_a_branch_sees_its_own_number_and_nobody_elses(own_folder: DataFolder) -> None:
    let(own_folder, "branch_manager", "may_drill", True)
    data = open_published("branch_manager", own_folder)
    found = data.provenance(BEIJING)
    assert found.behind.reproduces
    assert set(data.records(found.behind.terms[0].mart, 1_000)["organisation_code"]) == {"LIFE_BJ"}
    assert {file.rows_loaded for file in found.files} == {None}, "rows of the whole group"
    assert found.open_rows is None
    for place in (TOTAL, place_of("gross_written_premium", "month", MARCH, [("organisation", "LIFE_SH")])):
        with pytest.raises(MetricsError, match="no value"):
            data.provenance(place)


def test_without_the_right_to_drill_there_are_no_records(sample_folder: DataFolder) -> None:
    data = open_published("branch_manager", sample_folder)
    found = data.provenance(BEIJING)
    assert found.behind.terms == ()
    assert found.files
    source = open_published("executive", sample_folder).provenance(BEIJING).behind.terms[0].mart
    with pytest.raises(PublishedDataError, match="no_drill"):
        data.records(source, 10)
    assert data._connection.cursor().execute("select count(*) from marts.fct_premium_payments").fetchone() == (0,)


def test_the_panel_of_a_role_without_drilling_offers_no_records(sample_folder: DataFolder) -> None:
    app = open_panel(sample_folder, role="branch_manager")
    assert not app.get("download_button")
    assert any("不可查看明细" in info.value for info in app.info)
    assert "不可见" in html_of(app)


def test_downloading_records_needs_the_right_and_carries_no_formula(own_folder: DataFolder) -> None:
    let(own_folder, "analyst", "may_export", False)
    data = open_published("executive", own_folder)
    source = data.provenance(TOTAL).behind.terms[0].mart
    lines = data.export_records(source).decode("utf-8-sig").splitlines()
    assert len(lines) == source.row_count + 1
    assert not any(re.search(r'(^|,|")=', line) for line in lines)
    with pytest.raises(PublishedDataError, match="no_export"):
        open_published("analyst", own_folder).export_records(source)


def test_the_window_of_every_metric_offers_it(start: Callable[..., AppTest]) -> None:
    app = start()
    app.button(key="open_off_plan_gross_written_premium").click().run()
    assert app.button(key="provenance_open").label == "这个数字从哪里来"


def test_a_metric_outside_the_subjects_is_not_told(sample_folder: DataFolder) -> None:
    place = place_of("approval_rate", "month", MARCH, [])
    assert open_published("executive", sample_folder).provenance(place).value.value
    with pytest.raises(MetricsError, match="no value"):
        open_published("analyst", sample_folder).provenance(place)


def test_a_publication_from_before_says_that_it_is_older(own_folder: DataFolder) -> None:
    with duckdb.connect(str(own_folder.published_database.resolve())) as connection:
        connection.execute("drop table metrics.metric_formulas")
    with pytest.raises(PublishedDataError, match="incomplete"):
        open_published("executive", own_folder).provenance(TOTAL)


def test_every_rule_of_the_quarantine_has_a_word() -> None:
    assert {f"quarantine_rule.{rule}" for rule in RULES} - set(all_texts()) == set()
