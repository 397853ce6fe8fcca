"""A failed expectation on one raw column marks the right tiles and no other."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards import published
from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from metrics_dictionary.trust import set_trust
from tests.dashboards.reading import html_of

TABLE, COLUMN, CHECK = "master_data/customer", "birth_date", "expect_column_values_to_be_between"
TILE = re.compile(r'<span class="zc-name">(?P<name>.*?)</span>.*?(?=<div class="zc-tile |$)', re.DOTALL)
# Written without the code that fills metric_lineage: every metric that some way of edges leads to from the column.
WALK = """
with recursive reached as (
    select $table as table_name, $column as column_name
    union
    select edges.to_table, edges.to_column
    from reached
    inner join metrics.lineage_edges as edges on edges.from_table = reached.table_name and edges.from_column = reached.column_name
)
select column_name from reached where table_name = 'metric'
"""


@pytest.fixture
def failed_folder(fixture_folder: DataFolder, tmp_path: Path) -> DataFolder:
    """A copy of the fixture's publication in which every check passed but one, of one delivered column."""
    folder = DataFolder(tmp_path)
    copied = folder.published / "copy" / "zhicang.duckdb"
    copied.parent.mkdir(parents=True)
    shutil.copy(fixture_folder.published_database, copied)
    folder.current_publication.symlink_to("copy")
    with duckdb.connect(str(copied)) as connection:
        connection.execute("update metrics.checks set status = 'passed'")
        assert "failed" not in set_trust(connection).values()
        connection.execute(
            "insert into metrics.checks values "
            "('later', now()::timestamp + interval 1 hour, 'delivery', 'master_data', $table, $column, $check, 'failed', 9, 2, null)",
            {"table": TABLE, "column": COLUMN, "check": CHECK},
        )
        set_trust(connection)
    return folder


def test_exactly_the_metrics_that_depend_on_the_column_are_marked(failed_folder: DataFolder) -> None:
    with duckdb.connect(str(failed_folder.published_database), read_only=True) as connection:
        walked = {code for (code,) in connection.execute(WALK, {"table": TABLE, "column": COLUMN}).fetchall()}
        marks = dict(connection.execute("select metric_code, min(trust) from metrics.metric_values group by all").fetchall())
        several = connection.execute(
            "select metric_code from metrics.metric_values group by all having count(distinct trust) > 1"
        ).fetchall()
    marked = {code for code, trust in marks.items() if trust == "failed"}
    assert several == []
    assert marked == walked & set(marks)
    assert 0 < len(marked) < len(marks) / 2


def test_the_tiles_of_these_metrics_say_why_and_no_other_does(failed_folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    with duckdb.connect(str(failed_folder.published_database), read_only=True) as connection:
        rows = connection.execute(
            "select distinct name_zh, subject, trust = 'failed' from metrics.metric_values "
            "inner join metrics.metric_catalogue using (metric_code)"
        ).fetchall()
    expected = {name: has_failed for name, _, has_failed in rows}
    monkeypatch.setattr(published, "_open", {})
    monkeypatch.setenv("ZHICANG_DATA", str(failed_folder.root))
    app = AppTest.from_file(str(PROJECT_ROOT / "dashboards" / "streamlit_app.py"), default_timeout=120)
    app.session_state["language"] = "zh"
    app.run()
    seen: dict[str, bool] = {}
    for subject in sorted({subject for _, subject, has_failed in rows if has_failed}):
        app.pills(key="shown_subject").set_value(subject).run()
        assert not app.exception
        for tile in TILE.finditer(html_of(app)):
            seen[tile["name"]] = f"字段 {TABLE}.{COLUMN} 的校验“在允许范围内”未通过：2 行不符合；该指标" in tile[0]
    assert seen == {name: expected[name] for name in seen}
    assert any(seen.values())
    assert not all(seen.values())
