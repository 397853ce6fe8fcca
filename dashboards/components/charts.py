"""Charts of metrics: frame in, figure out. Numbers are scaled and named as their catalogue entry says."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboards.components.formatting import axis_scale, format_period, format_value
from dashboards.components.palette import FONTS, INK, LINE, MUTED, NAVY, PAPER, STATUS_COLOURS, STATUS_ICONS
from dashboards.components.texts import Words

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
ROW_HEIGHT, BAR_MARGIN, LEGEND_ROOM = 34, 70, 62
LABEL_LENGTH = 22
UNKNOWN_MEMBER = "(unknown)"


def plain_layout(figure: go.Figure, title: str, height: int) -> go.Figure:
    """The look every chart shares."""
    figure.update_layout(
        title={
            "text": title,
            "font": {"size": 14, "color": INK},
            "x": 0,
            "xref": "container",
            "pad": {"l": 14},
            "y": 1,
            "yref": "container",
            "yanchor": "top",
        },
        font={"family": FONTS, "size": 12, "color": MUTED},
        height=height,
        margin={"l": 14, "r": 18, "t": 48, "b": 14},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        legend={"orientation": "h", "x": 0.5, "xanchor": "center", "yref": "container", "y": 0.02, "yanchor": "bottom"},
        hoverlabel={"font": {"family": FONTS}},
        dragmode=False,
        clickmode="event+select",
    )
    figure.update_layout(title_pad_t=14)
    figure.update_xaxes(showgrid=False, linecolor=LINE, automargin=True, fixedrange=True, zeroline=False)
    figure.update_yaxes(gridcolor=LINE, automargin=True, fixedrange=True, zeroline=False)
    if sum(trace.showlegend is not False for trace in figure.data) > 1:
        figure.update_layout(margin={"b": LEGEND_ROOM})
    return figure


def show(figure: go.Figure, key: str) -> None:
    """Put a chart on the page."""
    st.plotly_chart(figure, key=key, config=CONFIG, theme=None)


def show_clickable(figure: go.Figure, key: str) -> str | None:
    """Put a bar chart on the page; the code of the bar clicked, if any."""
    event = st.plotly_chart(figure, key=key, config=CONFIG, theme=None, on_select="rerun", selection_mode="points")
    points = event["selection"]["points"] if event else []
    return str(points[0]["customdata"][0]) if points and points[0].get("customdata") else None


def trend_figure(series: pd.DataFrame, grain: str, unit: str, form: str, title: str, words: Words) -> go.Figure:
    """A metric over time with its target; a line stands where another version of the definition begins.

    `series`: period_start_date, version, value, target_value; one row per period.
    """
    largest = series[["value", "target_value"]].abs().max().max()
    factor, axis = axis_scale(0 if pd.isna(largest) else float(largest), unit, form, words)
    names = [format_period(start, grain, words) for start in series["period_start_date"]]
    figure = go.Figure()
    figure.add_scatter(
        x=names,
        y=series["value"] * factor,
        mode="lines+markers",
        name=words("focus.value"),
        line={"color": NAVY, "width": 2.4},
        marker={"size": 6},
        text=[format_value(value, unit, form, words) for value in series["value"]],
        hovertemplate="%{x}<br>%{text}<extra></extra>",
    )
    if series["target_value"].notna().any():
        figure.add_scatter(
            x=names,
            y=series["target_value"] * factor,
            mode="lines",
            name=words("focus.target"),
            line={"color": STATUS_COLOURS["amber"], "width": 1.6, "dash": "dash", "shape": "hv"},
            text=[format_value(value, unit, form, words) for value in series["target_value"]],
            hovertemplate="%{x}<br>%{text}<extra></extra>",
        )
    plain_layout(figure, f"{title}（{axis}）" if words.language == "zh" and axis else f"{title} ({axis})" if axis else title, 310)
    figure.update_xaxes(nticks=5, tickangle=0)
    _mark_breaks(figure, series["version"].tolist(), words)
    return figure


def _mark_breaks(figure: go.Figure, versions: list[int], words: Words) -> None:
    """A dotted line before each period that a later version of the definition gives: the values on its sides are not the same thing."""
    for place in range(1, len(versions)):
        if versions[place] != versions[place - 1]:
            figure.add_vline(x=place - 0.5, line={"color": MUTED, "width": 1.4, "dash": "dot"})
            figure.add_annotation(
                x=place - 0.5,
                yref="paper",
                y=1,
                yanchor="bottom",
                text=words("focus.break", version=versions[place]),
                showarrow=False,
                font={"size": 11, "color": MUTED},
            )


def members_figure(members: pd.DataFrame, unit: str, form: str, title: str, words: Words) -> go.Figure:
    """One bar per member, coloured by status, named and numbered. `members`: member_code, names, value, status."""
    shown = members.dropna(subset=["value"]).sort_values("value").tail(20)
    figure = go.Figure(
        go.Bar(
            x=shown["value"].astype(float),
            y=[_shorten(_member_name(row, words)) for _, row in shown.iterrows()],
            orientation="h",
            marker={"color": [STATUS_COLOURS[status] if status != "no_target" else NAVY for status in shown["status"]]},
            text=[_bar_label(row, unit, form, words) for _, row in shown.iterrows()],
            textposition="outside",
            cliponaxis=False,
            customdata=shown[["member_code"]].to_numpy(),
            hovertemplate="%{y}<br>%{text}<extra></extra>",
            width=0.62,
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    )
    plain_layout(figure, title, BAR_MARGIN + ROW_HEIGHT * max(len(shown), 2))
    largest, smallest = (float(shown["value"].max()), float(shown["value"].min())) if len(shown) else (1.0, 0.0)
    figure.update_xaxes(visible=False, range=[min(0.0, smallest * 1.4), max(largest * 1.45, 1e-12)])
    figure.update_yaxes(showgrid=False, tickfont={"color": INK}, ticksuffix="  ", ticks="")
    return figure


def _bar_label(row: pd.Series, unit: str, form: str, words: Words) -> str:
    value = format_value(row["value"], unit, form, words)
    return value if row["status"] == "no_target" else f"{value} {STATUS_ICONS[row['status']]}"


def _member_name(row: pd.Series, words: Words) -> str:
    return words.name(row) or (words("member.unknown") if row["member_code"] == UNKNOWN_MEMBER else row["member_code"])


def _shorten(name: str) -> str:
    return name if len(name) <= LABEL_LENGTH else name[: LABEL_LENGTH - 1] + "…"
