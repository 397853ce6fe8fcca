"""Tables as HTML: crisp on every width, and with nothing to download."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboards.components.formatting import format_value
from dashboards.components.palette import STATUS_ICONS
from dashboards.components.texts import Words


def table_html(
    columns: list[str], rows: list[list[str]], numeric: frozenset[int] = frozenset(), codes: frozenset[int] = frozenset()
) -> str:
    """A plain table of texts. `numeric`: places of columns set to the right; `codes`: of columns that hold names of tables and the like."""
    head = "".join(f"<th{' class=num' if place in numeric else ''}>{escape(column)}</th>" for place, column in enumerate(columns))
    body = "".join(
        "<tr>"
        + "".join(
            f"<td><code>{escape(cell)}</code></td>"
            if place in codes
            else f"<td{' class=num' if place in numeric else ''}>{escape(cell)}</td>"
            for place, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return _table(head, body)


def status_table_html(cells: pd.DataFrame, words: Words, order: list[str]) -> str:
    """Metrics down, organisations across, each cell its value and status.

    `cells`: metric_code, metric_name_*, unit, format, member_code, name_*, value, status; `order`: metric codes.
    """
    members = cells.drop_duplicates("member_code").sort_values("member_code")
    head = "".join(f"<th>{escape(words.name(row))}</th>" for _, row in members.iterrows())
    body = []
    for code in order:
        rows = cells[cells["metric_code"] == code].set_index("member_code")
        if rows.empty:
            continue
        marks = "".join(_status_cell(rows, member, words) for member in members["member_code"])
        body.append(f"<tr><th>{escape(words.name(rows.iloc[0], 'metric_name'))}</th>{marks}</tr>")
    return _table(f"<th></th>{head}", "".join(body))


def _table(head: str, body: str) -> str:
    rows = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<div class="zc-scroll"><table class="zc-table">{rows}</table></div>'


def _status_cell(rows: pd.DataFrame, member: str, words: Words) -> str:
    if member not in rows.index:
        return '<td class="cell none">·</td>'
    row = rows.loc[member]
    shown = escape(format_value(row["value"], row["unit"], row["format"], words))
    meaning = escape(words(f"status.{row['status']}"))
    return f'<td class="cell {row["status"]}" title="{meaning}">{STATUS_ICONS[row["status"]]} {shown}</td>'


def facts_html(facts: list[tuple[str, str]], is_wide: bool = False) -> str:
    """Labelled facts in a grid, or one to a line; facts without a text are left out."""
    cells = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in facts if text)
    return f'<dl class="zc-facts{" wide" if is_wide else ""}">{cells}</dl>'


def figures_html(figures: list[tuple[str, str, str]]) -> str:
    """Large numbers side by side: (label, number, status colour)."""
    cells = "".join(f'<div class="{status}"><b>{escape(number)}</b>{escape(label)}</div>' for label, number, status in figures)
    return f'<div class="zc-card"><div class="zc-counts">{cells}</div></div>'
