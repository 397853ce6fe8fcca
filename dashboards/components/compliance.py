"""Figures and tables of the compliance board."""

from __future__ import annotations

from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards.components.charts import plain_layout
from dashboards.components.formatting import format_date, is_missing
from dashboards.components.palette import INK, PAPER, SEVERITY_STATUS, STATUS_COLOURS, STATUS_ICONS, STATUS_PAPERS
from dashboards.components.tables import facts_html, table_html
from dashboards.components.texts import Words

RED_WEIGHT = 3
HEAT = [[0, PAPER], [0.05, "#fbf1df"], [0.4, "#efc27a"], [0.7, "#d9774f"], [1, STATUS_COLOURS["red"]]]
HEAT_ROW_HEIGHT, HEAT_MARGIN = 38, 120
LIST_ROWS, LIST_ROW_HEIGHT = 9, 35


def count_figures(counts: pd.Series, words: Words) -> list[tuple[str, str, str]]:
    """The large numbers: red, yellow, overdue, rules firing."""
    of_rules = words("compliance.of_rules", count=int(counts["rule_count"]))
    return [
        (words("compliance.red"), f"{int(counts['red_count']):,}", "red"),
        (words("compliance.yellow"), f"{int(counts['yellow_count']):,}", "amber"),
        (words("compliance.overdue"), f"{int(counts['overdue_count']):,}", "red"),
        (
            f"{words('compliance.rules_firing')}（{of_rules}）"
            if words.language == "zh"
            else f"{words('compliance.rules_firing')} {of_rules}",
            f"{int(counts['firing_rule_count']):,}",
            "no_target",
        ),
    ]


def heat_figure(cells: pd.DataFrame, words: Words) -> go.Figure:
    """Findings by organisation and theme. `cells`: organisation and theme names, red_count, yellow_count."""
    named = cells.assign(
        organisation=[words.name(row) or words("compliance.group") for _, row in cells.iterrows()],
        theme_name=cells[f"theme_{words.name_column}"],
        finding_count=cells["red_count"] + cells["yellow_count"],
        weight=cells["red_count"] * RED_WEIGHT + cells["yellow_count"],
    )
    weights = named.pivot_table(index="organisation", columns="theme_name", values="weight", aggfunc="sum", fill_value=0)
    weights = weights.loc[weights.sum(axis=1).sort_values().index, weights.sum().sort_values(ascending=False).index]
    counts, reds = (
        named.pivot_table(index="organisation", columns="theme_name", values=column, aggfunc="sum", fill_value=0)
        .reindex_like(weights)
        .astype(int)
        for column in ("finding_count", "red_count")
    )
    hover = [
        [
            f"{words('compliance.red')} {red}<br>{words('compliance.yellow')} {count - red}"
            for red, count in zip(red_row, count_row, strict=True)
        ]
        for red_row, count_row in zip(reds.to_numpy(), counts.to_numpy(), strict=True)
    ]
    figure = go.Figure(
        go.Heatmap(
            z=weights.to_numpy(),
            x=list(weights.columns),
            y=list(weights.index),
            text=[[str(count) if count else "" for count in row] for row in counts.to_numpy()],
            texttemplate="%{text}",
            customdata=hover,
            hovertemplate="%{y} · %{x}<br>%{customdata}<extra></extra>",
            colorscale=HEAT,
            zmin=0,
            showscale=False,
            xgap=3,
            ygap=3,
        )
    )
    plain_layout(figure, "", HEAT_MARGIN + HEAT_ROW_HEIGHT * len(weights))
    figure.update_layout(margin={"t": 16})
    figure.update_xaxes(side="top", tickfont={"color": INK}, tickangle=0 if words.language == "zh" else None, ticks="", showline=False)
    figure.update_yaxes(showgrid=False, tickfont={"color": INK}, ticksuffix="  ", ticks="", showline=False)
    return figure


def choose_finding(findings: pd.DataFrame, words: Words) -> pd.Series:
    """The list of findings; the row selected, the first where none is."""
    shown = pd.DataFrame(
        {
            words("column.severity"): [f"{STATUS_ICONS[SEVERITY_STATUS[s]]} {words(f'severity.{s}')}" for s in findings["severity"]],
            words("column.rule"): [f"{row['rule_code']} {words.name(row, 'rule_name')}" for _, row in findings.iterrows()],
            words("column.organisation"): [
                words.name(row, "organisation_name") or words("compliance.group") for _, row in findings.iterrows()
            ],
            words("column.summary"): findings[f"summary_{words.language}"],
            words("column.business_date"): [format_date(day) for day in findings["business_date"]],
            words("column.due_date"): [words("compliance.no_due") if is_missing(day) else format_date(day) for day in findings["due_date"]],
            words("column.evidence_count"): findings["evidence_count"],
        }
    )
    coloured = shown.style.map(_severity_style, subset=[words("column.severity")])
    height = LIST_ROW_HEIGHT * (min(len(findings), LIST_ROWS) + 1) + 3
    event = st.dataframe(
        coloured,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="compliance_list",
        height=height,
        row_height=LIST_ROW_HEIGHT,
    )
    rows = event["selection"]["rows"] if event else []
    return findings.iloc[rows[0] if rows and rows[0] < len(findings) else 0]


def _severity_style(cell: str) -> str:
    status = "red" if cell.startswith(STATUS_ICONS["red"]) else "amber"
    return f"color: {STATUS_COLOURS[status]}; background-color: {STATUS_PAPERS[status]}"


def finding_html(finding: pd.Series, rule: pd.Series, words: Words) -> str:
    """One finding: what it says, on what basis, measured against what, due when."""
    status = SEVERITY_STATUS[finding["severity"]]
    due = words("compliance.no_due") if is_missing(finding["due_date"]) else format_date(finding["due_date"])
    overdue = f" · {words('compliance.overdue')}" if finding["is_overdue"] else ""
    facts = [
        (words("compliance.condition"), words.name(rule, "condition")),
        (words("compliance.legal_basis"), f"{words.name(rule, 'legal_basis')} [{rule['reference_code']}]"),
        (words("threshold.kind"), words.of("kind", rule["kind"])),
        (words("compliance.measured"), _measured(finding, words)),
        (words("compliance.due"), due + overdue),
        (words("column.organisation"), words.name(finding, "organisation_name") or words("compliance.group")),
    ]
    severity = f"{STATUS_ICONS[status]} {words.of('severity', finding['severity'])}"
    rule_name = f"{finding['rule_code']} {words.name(finding, 'rule_name')}"
    return (
        f'<div class="zc-card"><span class="zc-status {status}">{escape(severity)}</span> '
        f"<b>{escape(rule_name)}</b> <code>{escape(str(finding['subject_code']))}</code>"
        f"<p>{escape(words.name(finding, 'summary'))}</p>{facts_html(facts)}</div>"
    )


def _measured(finding: pd.Series, words: Words) -> str:
    unit = finding["threshold_unit"]

    def shown(value: object) -> str:
        if is_missing(value):
            return "—"
        return (
            f"{float(value):.1%}"
            if unit == "ratio"
            else f"{float(value):,.6g}{'' if words.language == 'zh' else ' '}{words.of('unit', unit)}"
        )

    return f"{shown(finding['measured_value'])} / {shown(finding['threshold_value'])}"


def evidence_html(evidence: pd.DataFrame, words: Words) -> str:
    """The records that prove a finding."""
    columns = [words(f"column.{name}") for name in ("record_kind", "record_key", "record_date", "amount", "note")]
    rows = [
        [
            words.of("record", row["record_kind"]),
            str(row["record_key"]),
            format_date(row["record_date"]),
            "—" if is_missing(row["amount"]) else f"{float(row['amount']):,.2f}",
            "" if is_missing(row["note"]) else str(row["note"]),
        ]
        for _, row in evidence.iterrows()
    ]
    return table_html(columns, rows, frozenset({3}))
