"""The cockpit as known on an earlier day. The sample's ledger holds the publications of the data of 10 and of 18 April 2025."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.published import PublishedData, open_published
from metrics_dictionary.locations import DataFolder
from tests.dashboards.reading import html_of, words_of
from tests.dashboards.test_pages import CODE, INTERNATIONAL, PAGES
from tests.dashboards.test_published import BEIJING, SHANGHAI, TOTAL

THEN, NOW, LATEST = date(2025, 4, 10), date(2025, 4, 18), ""
ONLINE = TOTAL | {"dimension_set": "channel", "channel_code": "DIRECT"}
APRIL = TOTAL | {"period_start_date": "2025-04-01"}
Start = Callable[..., AppTest]


@pytest.fixture
def then(sample_folder: DataFolder) -> PublishedData:
    """The sample as known on the earlier day, by who may see all."""
    return open_published("executive", sample_folder).as_known_on(THEN)


def row_of(answer: pd.DataFrame, code: str) -> pd.Series:
    return answer.set_index("metric_code").loc[code]


def card_of(app: AppTest, name: str) -> str:
    """The text of the first card of a metric."""
    cards = [card for card in html_of(app).split('<div class="zc-tile ')[1:] if f">{name}<" in card]
    return re.sub(r"<[^>]+>", " ", cards[0])


def look_back(app: AppTest, day: date | str = THEN) -> AppTest:
    app.selectbox(key="known_on").set_value(day).run()
    assert not app.exception
    assert not app.warning
    return app


def test_the_days_something_was_published_are_offered_the_latest_first(sample_folder: DataFolder) -> None:
    assert open_published("executive", sample_folder).days_published() == [NOW, THEN]


def test_values_and_statuses_are_those_of_the_ledger_then(sample_folder: DataFolder, then: PublishedData) -> None:
    now = open_published("executive", sample_folder).ask("tiles", **TOTAL)
    tiles = then.ask("tiles", **TOTAL)
    premium, premium_now = row_of(tiles, "gross_written_premium"), row_of(now, "gross_written_premium")
    assert premium["value"] == pytest.approx(premium_now["value"] * 0.97)
    assert premium["change_previous"] == pytest.approx((1 + premium_now["change_previous"]) * 0.97 - 1)
    issued = row_of(tiles, "policies_issued")
    assert (issued["status"], row_of(now, "policies_issued")["status"]) == ("green", "green")
    assert row_of(tiles, "open_claims")["value"] == row_of(now, "open_claims")["value"]
    assert tiles[tiles["value"].notna()]["trust"].unique().tolist() == ["not_kept"]
    rate, rate_now = row_of(tiles, "days_past_due_30_rate"), row_of(now, "days_past_due_30_rate")
    assert (rate["version"], rate_now["version"]) == (1, 2)
    assert rate["value"] == pytest.approx(rate_now["value"] * 1.2)
    assert then.ask("trend", metric_code="gross_written_premium", **TOTAL)["value"].iloc[-1] == premium["value"]
    running, running_now = (data.ask("tiles", **APRIL) for data in (then, open_published("executive", sample_folder)))
    assert row_of(running, "top_up_amount")["value"] == pytest.approx(0.6 * row_of(running_now, "top_up_amount")["value"])


@pytest.mark.parametrize(
    ("code", "cut", "difference", "causes"),
    [
        ("gross_written_premium", TOTAL, "changed", ["late_data"]),
        ("policies_issued", TOTAL, "changed", ["corrected_data"]),
        ("days_past_due_30_rate", TOTAL, "changed", ["definition"]),
        ("claim_closing_days", TOTAL, "added", ["first_value"]),
        ("dual_record_rate", TOTAL, "new_metric", ["first_value"]),
        ("fastest_claim_minutes", ONLINE, "removed", ["code"]),
        ("gross_written_premium", APRIL, "changed", ["provisional"]),
        ("open_claims", TOTAL, "same", []),
        ("top_up_amount", TOTAL | {"dimension_set": "product", "product_code": "PROP_MOTOR"}, "none", []),
    ],
)
def test_every_difference_to_today_is_told_with_its_cause(then: PublishedData, code: str, cut: dict, difference: str, causes: list) -> None:
    row = row_of(then.ask("differences", **cut), code)
    changes = list(row["changes"]) if hasattr(row["changes"], "__len__") else []
    assert row["difference"] == difference
    assert [change["cause"] for change in changes] == causes
    if code == "gross_written_premium" and cut is TOTAL:
        assert (changes[0]["accepted_by"], changes[0]["accepted_reason"]) == ("Wang", "北京分公司补报")
        assert changes[0]["value"] == row["value_now"]
    if code == "policies_issued":
        assert changes[0]["is_restatement"]
        assert changes[0]["accepted_by"] is None


def test_a_value_changed_twice_tells_both_changes_in_order(own_folder: DataFolder) -> None:
    with duckdb.connect(str(own_folder.published_database)) as connection:
        connection.execute(
            """
            insert into metrics.superseded_values
            select * replace (value * 1.01 as value, date '2025-04-14' as known_from, 'middle-run' as run_id)
            from metrics.superseded_values where metric_code = 'policies_issued' and period_start_date = date '2025-03-01';
            update metrics.superseded_values
            set known_to = date '2025-04-14', superseded_by_run_id = 'middle-run', restatement_id = 'middle-r:policies_issued'
            where metric_code = 'policies_issued' and period_start_date = date '2025-03-01' and run_id = 'first-run';
            insert into metrics.metric_restatements
            select * replace ('middle-r:policies_issued' as restatement_id, 'late_data' as cause, 'middle-run' as run_id)
            from metrics.metric_restatements where metric_code = 'policies_issued'
            """
        )
    data = open_published("executive", own_folder)
    assert data.days_published() == [NOW, date(2025, 4, 14), THEN]
    first, middle = (row_of(data.as_known_on(day).ask("differences", **TOTAL), "policies_issued") for day in (THEN, date(2025, 4, 14)))
    assert [(change["changed_on"].day, change["cause"]) for change in first["changes"]] == [(14, "late_data"), (18, "corrected_data")]
    assert [change["cause"] for change in middle["changes"]] == ["corrected_data"]
    assert first["value_now"] == middle["value_now"] == first["changes"][1]["value"]


def test_the_policy_holds_for_earlier_days_as_for_today(sample_folder: DataFolder) -> None:
    today = open_published("branch_manager", sample_folder)
    then = today.as_known_on(THEN)
    assert then.rule == today.rule
    assert then.ask("tiles", **BEIJING)["value"].notna().any()
    for hidden in (TOTAL, SHANGHAI):
        assert then.ask("tiles", **hidden)["value"].isna().all()
        differences = then.ask("differences", **hidden)
        assert set(differences["difference"]) == {"none"}
        assert differences[["value_now", "changes"]].isna().all(axis=None)
    assert row_of(then.ask("differences", **BEIJING), "gross_written_premium")["difference"] == "changed"
    assert then.ask("organisations")["organisation_code"].tolist() == ["LIFE_BJ"]
    analyst = open_published("analyst", sample_folder).as_known_on(THEN)
    assert "approval_rate" not in analyst.ask("differences", **TOTAL)["metric_code"].tolist()
    assert "approval_rate" not in analyst.ask("tiles", **TOTAL)["metric_code"].tolist()
    for view in ("metric_values", "metric_status", "superseded_values", "ledger", "known_values", "known_versions"):
        rows = then._connection.cursor().execute(f"set variable known_on = date '2025-04-10'; describe as_known.{view}").fetchall()
        if "organisation_code" in {name for name, *_ in rows}:
            seen = f"set variable known_on = date '2025-04-30'; select distinct organisation_code from as_known.{view}"
            assert set(then._connection.cursor().execute(seen).fetchall()) <= {("LIFE_BJ",)}


def test_a_publication_without_a_ledger_offers_today_only(start: Start, own_folder: DataFolder) -> None:
    with duckdb.connect(str(own_folder.published_database)) as connection:
        connection.execute("drop table metrics.superseded_values")
    assert open_published("executive", own_folder).days_published() == [NOW]
    app = start(folder=own_folder)
    assert not app.warning
    assert app.selectbox(key="known_on").options == ["最新（2025-04-18）"]


def test_the_cockpit_shows_today_unless_asked(start: Start) -> None:
    app = start()
    assert app.selectbox(key="known_on").value == LATEST
    assert app.selectbox(key="known_on").options == ["最新（2025-04-18）", "2025-04-10"]
    assert any("按当日公布的数值" in caption.value for caption in app.caption)
    assert "2.93亿" in card_of(app, "原保险保费收入")
    assert "zc-known" not in html_of(app)
    assert "zc-since" not in html_of(app)


def test_an_earlier_day_shows_the_values_of_then_and_marks_what_has_changed(start: Start) -> None:
    app = look_back(start())
    shown = html_of(app)
    banner = re.search(r'<div class="zc-known">.*?</div>', shown).group()
    assert "截至 2025-04-10 所知" in banner
    assert "20 项指标中有 5 项与最新公布（2025-04-18）不同" in banner
    assert "数据截至 2025-04-10" in shown
    assert "项指标未通过校验" not in shown
    card = card_of(app, "原保险保费收入")
    assert "2.85亿" in card
    assert "现为 2.93亿元（+879.9万元）" in card
    assert "迟到数据 · 已认可：北京分公司补报" in card
    assert "数据更正 · 待认可" in card_of(app, "承保件数")
    assert "≠" in "".join(app.pills(key="shown_subject").options)
    app.pills(key="shown_subject").set_value("claims").run()
    card = card_of(app, "结案周期")
    assert "当时本期尚无数值" in card
    assert "未设目标" not in card
    assert "现为" not in card_of(app, "未决积压")
    app.pills(key="shown_subject").set_value("compliance").run()
    assert "当时尚未公布过此指标" in card_of(app, "双录率")
    look_back(app, LATEST)
    assert "zc-known" not in html_of(app)


def test_a_value_no_longer_published_says_so(start: Start) -> None:
    app = look_back(start())
    app.selectbox(key="channel").select("DIRECT").run()
    app.pills(key="shown_subject").set_value("claims").run()
    card = card_of(app, "最快报案到支付用时")
    assert "最新公布中已无此数值" in card
    assert "程序变更 · 待认可" in card


def test_the_metric_window_shows_then_what_has_changed_since_and_the_definition_of_then(start: Start) -> None:
    app = look_back(start())
    app.button(key="open_off_plan_gross_written_premium").click().run()
    assert not app.exception
    shown = html_of(app)
    for piece in ("此后的变化", "回看当日的数值", "2025-04-18", "Wang · 北京分公司补报"):
        assert piece in shown
    assert "曾公布的数值" not in shown, "nothing was replaced before the day shown"
    app.pills(key="shown_subject").set_value("credit").run()
    opening = "open_risk_days_past_due_30_rate"
    app.button(key=opening).click().run()
    assert "核销前一年内的贷款仍计入余额" in html_of(app)
    assert "口径第1版" in html_of(app)
    look_back(app, LATEST)
    app.button(key=opening).click().run()
    assert "核销前一年内的贷款仍计入余额" not in html_of(app)
    assert "口径第2版" in html_of(app)


def test_the_day_is_kept_over_languages_pages_and_cuts_and_forgotten_on_reset(start: Start) -> None:
    app = look_back(start())
    app.segmented_control(key="language").set_value("en").run()
    assert "As known on 2025-04-10" in html_of(app)
    assert "Late data · Accepted" in card_of(app, "Gross written premium")
    app.selectbox(key="organisation").select("LIFE").run()
    app.switch_page("app_pages/dictionary.py").run()
    assert "Recent values are those published then" in html_of(app)
    app.switch_page("app_pages/compliance.py").run()
    assert "this page shows the latest" in html_of(app)
    assert "As of 2025-04-18" in html_of(app)
    app.switch_page("app_pages/cockpit.py").run()
    assert app.selectbox(key="known_on").value == THEN
    assert app.selectbox(key="organisation").value == "LIFE"
    next(button for button in app.button if button.label == "Clear filters").click().run()
    assert app.selectbox(key="known_on").value == LATEST
    assert "As known on" not in html_of(app)


def test_a_period_that_was_not_over_then_gives_way_and_comes_back(start: Start) -> None:
    app = start()
    april, march = app.selectbox(key="period_month").options[:2]
    app.selectbox(key="period_month").set_value(date(2025, 4, 1)).run()
    look_back(app)
    assert app.selectbox(key="period_month").value == date(2025, 3, 1)
    assert "2025年4月当时尚未结束或尚未公布，改为显示2025年3月" in html_of(app)
    look_back(app, LATEST)
    assert app.selectbox(key="period_month").value == date(2025, 4, 1)
    look_back(app)
    app.selectbox(key="period_month").set_value(date(2025, 4, 1)).run()
    assert "改为显示" not in html_of(app)
    assert "当时尚未定稿" in html_of(app)
    assert (april, march) == ("2025年4月（进行中）", "2025年3月")


@pytest.mark.parametrize("page", PAGES)
def test_an_earlier_day_is_told_in_the_language_of_the_page(start: Start, page: str) -> None:
    chinese = CODE.sub(" ", words_of(look_back(start(page, "zh"))))
    assert set(re.findall(r"[A-Za-z]{2,}", chinese)) - INTERNATIONAL == set()
    english = words_of(look_back(start(page, "en"))).replace("北京分公司补报", "")
    assert set(re.findall(r"[\u4e00-\u9fff]+", english)) - {"中文"} == set()


def test_a_branch_sees_its_own_past_and_no_other(start: Start) -> None:
    app = look_back(start(role="branch_manager"))
    assert "迟到数据" in card_of(app, "原保险保费收入")
    assert "全集团" not in words_of(app)
    assert app.selectbox(key="organisation").options == ["　人寿北京分公司"]
