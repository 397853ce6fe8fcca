"""Each page without a browser: both languages, without access, without a publication, with a new one."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from metrics_dictionary.locations import DataFolder
from tests.dashboards.reading import html_of, words_of
from tests.dashboards.sample_publication import build_sample_publication

Start = Callable[..., AppTest]
PAGES = ("cockpit", "dictionary", "lineage", "compliance", "credit")
# Names of statistics and codes that are the same in both languages.
INTERNATIONAL = {"KS", "AUC", "PSI", "CNY", "UTC", "English", "sample-run"}
CODE = re.compile(r"\b([a-z_]+/[\w./=-]+|CR\d+|S\d+|P\d+(-C\d)?|v\d|[a-z]+(_+[a-z0-9]+)+)\b|=HYPERLINK\S*")
DEVIATING = "原保险保费收入"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_its_content_and_the_header(start: Start, page: str, language: str) -> None:
    app = start(page, language)
    assert not app.exception
    assert not app.warning
    shown = html_of(app)
    for piece in {
        "zh": ("数据截至 2025-04-18", "模拟数据", "版本 v1"),
        "en": ("As of 2025-04-18", "Simulated data", "Version v1"),
    }[language]:
        assert piece in shown
    expected = {
        "cockpit": {
            "zh": ("2.93亿", "未达标", "目标 3.10亿元", "校验未通过"),
            "en": ("CNY 293.3m", "Off plan", "Target CNY 310.0m", "Checks failed"),
        },
        "dictionary": {
            "zh": ("件均保费", "按公布口径计算", "财务部"),
            "en": ("Average premium per policy", "by the published definition", "Finance department"),
        },
        "lineage": {
            "zh": ("件均保费", "字段如何算出", "更新最慢的来源", "财务部"),
            "en": ("Average premium per policy", "How its columns are computed", "sum(written_premium)", "Finance department"),
        },
        "compliance": {
            "zh": ("红色预警", "报行不一", "证据", "佣金"),
            "en": ("Commission over the filed cap", "Legal basis", "commission"),
        },
        "credit": {"zh": ("建模样本", "坏账率", "授信通过率"), "en": ("Holdout", "Bad rate", "Credit approval rate")},
    }[page][language]
    for piece in expected:
        assert piece in shown


@pytest.mark.parametrize("page", PAGES)
def test_chinese_pages_hold_no_english_but_codes(start: Start, page: str) -> None:
    words = CODE.sub(" ", words_of(start(page, "zh")))
    assert set(re.findall(r"[A-Za-z]{2,}", words)) - INTERNATIONAL == set()


@pytest.mark.parametrize("page", PAGES)
def test_english_pages_hold_no_chinese_but_the_language_switch(start: Start, page: str) -> None:
    words = words_of(start(page, "en"))
    assert set(re.findall(r"[\u4e00-\u9fff]+", words)) - {"中文"} == set()


def test_off_plan_metrics_come_first_worst_first(start: Start) -> None:
    app = start()
    keys = [button.key for button in app.button if button.key and button.key.startswith("open_")]
    off_plan = [key for key in keys if key.startswith("open_off_plan_")]
    assert keys[: len(off_plan)] == off_plan
    assert off_plan[0] == "open_off_plan_clearing_error_rate"
    assert off_plan[-1] == "open_off_plan_complaint_on_time_rate"


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("zh", "字段 account/clearing_entry.is_error 的校验“不得为空”未通过：3 行不符合；该指标用它计算数值、以它为筛选条件。"),
        (
            "en",
            "Check &quot;never empty&quot; of column account/clearing_entry.is_error failed on 3 rows; "
            "this metric uses it for its value, as a filter.",
        ),
    ],
)
def test_a_tile_not_trusted_says_why_and_the_others_do_not(start: Start, language: str, why: str) -> None:
    app = start(language=language)
    failed, unchecked = {"zh": ("校验未通过", "尚未校验"), "en": ("Checks failed", "Not checked")}[language]
    notes = re.findall(r'<div class="zc-trust-note (\w+)">(.*?)</div>', html_of(app))
    assert set(notes) == {("red", f"{failed}<span>{why}</span>"), ("no_target", unchecked)}
    app.button(key="open_off_plan_open_claims").click().run()
    assert any({"zh": "这不等于校验通过", "en": "not the same as passed"}[language] in caption.value for caption in app.caption)


def test_one_subject_at_a_time_by_evaluation(start: Start) -> None:
    app = start()
    opened = {button.key for button in app.button if button.key and button.key.startswith("open_operations_")}
    assert "open_operations_gross_written_premium" in opened
    assert "open_operations_claim_closing_days" not in opened
    app.pills(key="shown_subject").set_value("claims").run()
    assert not app.exception
    opened = {button.key for button in app.button if button.key and button.key.startswith("open_operations_")}
    assert "open_operations_gross_written_premium" not in opened
    assert "open_operations_claim_closing_days" in opened


def test_opening_a_metric_shows_trend_companies_channels_and_products(start: Start) -> None:
    app = start()
    app.button(key="open_off_plan_gross_written_premium").click().run()
    assert not app.exception
    charts = [chart.proto.id for chart in app.get("plotly_chart")]
    for name in ("focus_trend", "focus_companies", "focus_channel", "focus_product"):
        assert any(name in chart for chart in charts), f"no chart {name} among {charts}"


def test_a_restated_value_shows_what_was_published_before_and_who_accepted(start: Start) -> None:
    app = start()
    app.button(key="open_off_plan_gross_written_premium").click().run()
    shown = html_of(app)
    for piece in ("曾公布的数值", "迟到数据", "Wang · 北京分公司补报", "2.85亿"):
        assert piece in shown
    app = start(language="en")
    app.button(key="open_off_plan_complaint_on_time_rate").click().run()
    assert "Values published before" not in html_of(app)


def test_the_trend_marks_where_another_version_of_the_definition_begins(start: Start) -> None:
    app = start("dictionary")
    app.text_input(key="dictionary_search").set_value("days_past_due_30_rate").run()
    assert not app.exception
    (chart,) = app.get("plotly_chart")
    annotations = json.loads(chart.proto.spec)["layout"]["annotations"]
    assert [a["text"] for a in annotations] == ["口径第2版"]
    assert "口径版本" in html_of(app)


def test_a_filtered_company_opens_into_its_branches(start: Start) -> None:
    app = start()
    app.selectbox(key="organisation").select("LIFE").run()
    assert "智舱人寿" in html_of(app)
    assert "人寿北京分公司" in html_of(app)
    app.button(key="open_operations_gross_written_premium").click().run()
    assert not app.exception
    assert any("focus_organisations" in chart.proto.id for chart in app.get("plotly_chart"))


def test_comparing_a_company_shows_its_branches(start: Start) -> None:
    app = start()
    assert "财险浙江分公司" not in html_of(app)
    app.segmented_control(key="compared_company").select("PROP").run()
    assert "财险浙江分公司" in html_of(app)
    assert "人寿北京分公司" not in html_of(app)


def test_filters_change_the_numbers_and_are_kept_from_page_to_page(start: Start) -> None:
    app = start()
    whole = html_of(app)
    app.selectbox(key="channel").select("BANK").run()
    assert html_of(app) != whole
    app.switch_page("app_pages/dictionary.py").run()
    assert "银行保险" in html_of(app)
    app.switch_page("app_pages/cockpit.py").run()
    assert app.selectbox(key="channel").value == "BANK"


def test_metrics_that_are_not_cut_so_are_named_not_shown_as_zero(start: Start) -> None:
    app = start()
    app.selectbox(key="product").select("PROP_MOTOR").run()
    app.pills(key="shown_subject").set_value("payments").run()
    assert any("充值金额" in caption.value for caption in app.caption)
    assert "open_operations_top_up_amount" not in [button.key for button in app.button]


def test_the_running_period_is_marked(start: Start) -> None:
    app = start()
    app.selectbox(key="period_month").select_index(0).run()
    assert "（进行中）" in html_of(app)
    assert any("本期尚未结束" in caption.value for caption in app.caption)


def test_the_dictionary_is_searched_by_code_and_by_either_name(start: Start) -> None:
    app = start("dictionary")
    for words in ("persistency_13m", "继续率", "13-month PERSISTENCY"):
        app.text_input(key="dictionary_search").set_value(words).run()
        assert app.radio(key="dictionary_metric").options == ["13个月保费继续率"]
        assert "13个月保费继续率" in html_of(app)
    app.text_input(key="dictionary_search").set_value("nothing like it").run()
    assert any("没有找到" in info.value for info in app.info)


def test_compliance_filters_and_export_follow_the_policy(start: Start) -> None:
    app = start("compliance", role="compliance_officer")
    assert len(app.get("download_button")) == 1
    app.selectbox(key="compliance_theme").select("complaint").run()
    assert "投诉超期" in html_of(app)
    scoped = start("compliance", role="branch_manager")
    assert not scoped.get("download_button")
    assert any("不可查看明细" in info.value for info in scoped.info)


@pytest.mark.parametrize(("page", "role"), [("compliance", "analyst"), ("credit", "analyst"), ("credit", "branch_manager")])
def test_a_page_outside_the_policy_says_so(start: Start, page: str, role: str) -> None:
    app = start(page, role=role)
    assert any("无权查看" in info.value for info in app.info)
    assert not app.get("plotly_chart")
    assert not app.get("arrow_data_frame")


def test_a_branch_manager_sees_the_branch_and_no_total(start: Start) -> None:
    app = start(role="branch_manager")
    assert app.selectbox(key="organisation").options == ["　人寿北京分公司"]
    assert "全集团" not in words_of(app)
    assert "zc-tile" in html_of(app)


@pytest.mark.parametrize("page", PAGES)
def test_without_a_publication_the_page_says_what_to_do(start: Start, page: str, tmp_path) -> None:
    app = start(page, folder=DataFolder(tmp_path))
    assert not app.exception
    assert "make warehouse" in app.warning[0].value


def test_a_broken_publication_and_an_unknown_role_are_explained(start: Start, own_folder: DataFolder) -> None:
    assert "没有这个角色" in start(role="stranger").warning[0].value
    own_folder.published_database.write_bytes(b"broken")
    app = start(role="executive", folder=own_folder)
    assert not app.exception
    assert "zhicang rollback" in app.warning[0].value


def test_a_publication_without_a_table_still_shows_the_other_pages(start: Start, own_folder: DataFolder) -> None:
    with duckdb.connect(str(own_folder.published_database)) as connection:
        connection.execute("drop table marts.agg_credit_cutoffs")
    app = start("credit", folder=own_folder)
    assert "缺少本页需要的数据表" in app.warning[0].value
    app.switch_page("app_pages/cockpit.py").run()
    assert not app.warning


def test_a_new_publication_is_followed_without_restart(start: Start, own_folder: DataFolder) -> None:
    app = start(folder=own_folder)
    assert "版本 v1" in html_of(app)
    build_sample_publication(own_folder.root, "v2", is_simulated=False)
    shutil.rmtree(own_folder.published / "v1")
    app.run()
    assert not app.warning
    assert "版本 v2" in html_of(app)
    assert "模拟数据" not in html_of(app)


def test_an_unexpected_error_is_told_without_a_trace(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("dashboards.components.tiles.tile_html", fail)
    app = start()
    assert not app.exception
    assert "意外错误" in app.warning[0].value
    assert "secret detail" not in words_of(app)
