"""What is behind one box of a lineage: owner, freshness, how its columns are computed, checks, tests and SQL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

import pandas as pd
import streamlit as st

from dashboards.components.formatting import NOTHING, format_date, is_missing
from dashboards.components.header import section
from dashboards.components.lineage import title_of
from dashboards.components.lineage_controls import Pick
from dashboards.components.lineage_graph import Box
from dashboards.components.palette import STATUS_ICONS, trust_status
from dashboards.components.tables import facts_html, table_html
from dashboards.components.texts import Words
from dashboards.components.trust import check_word, trust_sentence
from dashboards.published import PublishedData

CHINESE_NAME = re.compile(r"(?:([\u4e00-\u9fff][^.]*)\.\s*)?(.*)", re.DOTALL)
STEPS_SHOWN, CHECKS_SHOWN = 60, 40


def show_details(box: Box, path: pd.DataFrame, pick: Pick, names: Mapping[str, str], data: PublishedData, words: Words) -> None:
    """Everything published about a box. `path`: as `lineage_path` answers; `names`: metric code to name."""
    if box.is_folded or box.layer == "tile":
        st.html(_members_html(box, path, names, words))
    elif box.layer == "metric":
        _show_metric(box.name, path, data, words)
    else:
        _show_table(box, path, pick, data, words)


def steps_html(steps: pd.DataFrame, words: Words) -> str:
    """Edges between columns as a table: from, to, use, expression. `steps`: rows of `lineage_path`."""
    columns = [words(f"lineage.{name}") for name in ("from_column", "to_column", "use", "expression")]
    rows = [
        [
            _column(row.from_table, row.from_column, words),
            words("lineage.rows") if row.to_column == "*" else row.to_column,
            words.of("lineage_use", row.use),
            " → ".join(row.expressions) or (words("lineage.unchanged") if row.use == "value" else NOTHING),
        ]
        for row in steps.head(STEPS_SHOWN).itertuples()
    ]
    left = len(steps) - STEPS_SHOWN
    more = f'<div class="zc-note">{escape(words("lineage.steps_more", count=left))}</div>' if left > 0 else ""
    return table_html(columns, rows, codes=frozenset({0, 1, 3})) + more


def checks_html(checks: pd.DataFrame, words: Words) -> str:
    """The last result of every check, failures first, under a line that sums them up. `checks`: as `lineage_checks` answers."""
    if checks.empty:
        return f'<div class="zc-note">{escape(words("lineage.no_checks"))}</div>'
    failed = int((checks["status"] != "passed").sum())
    date = format_date(checks["checked_at"].max())
    key = "lineage.some_failed" if failed else "lineage.all_passed"
    summed = words(key, count=len(checks), failed=failed, date=date) if failed else words(key, count=len(checks), date=date)
    columns = [words(f"lineage.{name}") for name in ("status", "check", "column", "rows_failing", "checked_at")]
    rows = [
        [
            f"{STATUS_ICONS[trust_status('passed' if row.status == 'passed' else 'failed')]} {words.of('check_status', row.status)}",
            check_word(row.expectation, words),
            NOTHING if is_missing(row.column_name) else row.column_name,
            NOTHING if is_missing(row.rows_failing) else f"{int(row.rows_failing):,}",
            f"{row.checked_at:%Y-%m-%d %H:%M}",
        ]
        for row in checks.head(CHECKS_SHOWN).itertuples()
    ]
    return f'<div class="zc-note">{escape(summed)}</div>' + table_html(columns, rows, frozenset({3}), frozenset({2}))


def _members_html(box: Box, path: pd.DataFrame, names: Mapping[str, str], words: Words) -> str:
    """What a folded box, or a page, stands for."""
    members = box.members or tuple(path.loc[path["to_table"] == box.name, "to_column"].unique())
    hint = f'<div class="zc-note">{escape(words("lineage.folded_hint"))}</div>' if box.is_folded else ""
    listed = words.listed(names.get(member, member) for member in sorted(members))
    title = escape(title_of(box, names, words))
    return f'<div class="zc-card"><h3>{title}</h3>{hint}<p class="zc-codes">{escape(listed)}</p></div>'


def _show_metric(code: str, path: pd.DataFrame, data: PublishedData, words: Words) -> None:
    metric = data.ask("metric", metric_code=code).iloc[0]
    facts = [
        (words("lineage.layer"), words("layer.metric")),
        (words("dictionary.owner"), words.of("people", metric["owner"])),
        (words("dictionary.steward"), words.of("people", metric["steward"])),
        (words("dictionary.version"), str(metric["version"])),
        *_freshness("metric", code, data, words),
    ]
    reasons = data.ask("trust_reasons", metric_code=code)
    sentences = "".join(f"<li>{escape(trust_sentence(reason, words))}</li>" for _, reason in reasons.iterrows())
    doubt = f"<p><b>{escape(words('lineage.trust'))}</b></p><ul>{sentences}</ul>" if sentences else ""
    st.html(
        f'<div class="zc-card"><h3>{escape(words.name(metric))}</h3><code>{escape(code)}</code>'
        f"<p>{escape(words.name(metric, 'definition'))}</p>{facts_html(facts)}{doubt}</div>"
    )
    _show_steps(path[(path["to_layer"] == "metric") & (path["to_column"] == code)], words)
    with st.expander(words("lineage.sql")):
        st.code(metric["definition_sql"], language="sql", wrap_lines=True)


def _show_table(box: Box, path: pd.DataFrame, pick: Pick, data: PublishedData, words: Words) -> None:
    table = data.ask("lineage_table", table_name=box.name).iloc[0]
    owners = data.ask("lineage_owners", table_name=box.name)
    named = (words("lineage.owner_count", owner=words.of("people", row.owner), count=row.metric_count) for row in owners.itertuples())
    facts = [(words("lineage.layer"), words(f"layer.{box.layer}")), *_freshness(box.name, None, data, words)]
    wide = facts_html([(words("lineage.file"), table["file"]), (words("lineage.owner"), words.listed(named))], is_wide=True)
    told = _description_html(table["description"], words)
    st.html(f'<div class="zc-card"><h3>{escape(box.name)}</h3>{told}{facts_html(facts)}{wide}</div>')
    if box.layer == "delivery":
        files = data.ask("lineage_files", table_name=box.name)
        st.html(_files_html(files[files["file"] == pick.file] if pick.file and pick.table == box.name else files.head(5), words))
    _show_steps(path[path["to_table"] == box.name], words)
    section(words("lineage.checks"))
    st.html(checks_html(data.ask("lineage_checks", table_name=box.name), words))
    if len(table["tests"]):
        with st.expander(words("lineage.tests", count=len(table["tests"]))):
            st.code("\n".join(table["tests"]), language=None, wrap_lines=True)
    if not is_missing(table["definition_sql"]):
        with st.expander(words("lineage.sql")):
            st.code(table["definition_sql"].strip(), language="sql", wrap_lines=True)


def _description_html(description: str, words: Words) -> str:
    """What a table holds. Descriptions are English, some after a Chinese name and a full stop; a Chinese page has the English to open."""
    chinese, english = CHINESE_NAME.fullmatch(description).groups()
    if words.language == "en":
        return f"<p>{escape(english)}</p>" if english else ""
    title = f"<p>{escape(chinese)}</p>" if chinese else ""
    summary = escape(words("lineage.description"))
    return title + (f'<details class="zc-note"><summary>{summary}</summary><p lang="en">{escape(english)}</p></details>' if english else "")


def _show_steps(steps: pd.DataFrame, words: Words) -> None:
    if not steps.empty:
        section(words("lineage.steps"), words("lineage.steps_hint"))
        st.html(steps_html(steps, words))


def _freshness(table: str, column: str | None, data: PublishedData, words: Words) -> list[tuple[str, str]]:
    found = data.ask("lineage_freshness", table_name=table, column_name=column).iloc[0]
    if not found["delivery_count"]:
        return []
    return [
        (words("lineage.fresh"), format_date(found["newest_delivered_date"])),
        (words("lineage.oldest"), f"{format_date(found['oldest_delivered_date'])} · {found['oldest_delivery']}"),
        (words("lineage.loaded"), f"{found['newest_loaded_at']:%Y-%m-%d %H:%M}"),
        (words("lineage.deliveries"), f"{int(found['delivery_count'])}"),
    ]


def _files_html(files: pd.DataFrame, words: Words) -> str:
    columns = [words(f"lineage.{name}") for name in ("of.file", "delivered", "file_loaded", "read", "kept", "quarantined")]
    rows = [
        [
            row.file,
            format_date(row.delivered_date),
            NOTHING if is_missing(row.loaded_at) else f"{row.loaded_at:%Y-%m-%d %H:%M}",
            *(NOTHING if is_missing(count) else f"{int(count):,}" for count in (row.rows_read, row.rows_loaded, row.rows_quarantined)),
        ]
        for row in files.itertuples()
    ]
    return table_html(columns, rows, frozenset({3, 4, 5}), frozenset({0}))


def _column(table: str, column: str, words: Words) -> str:
    return f"{table} · {words('lineage.rows')}" if column == "*" else f"{table}.{column}"
