"""Figures of the credit-scoring page: frame in, figure out."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.components.charts import plain_layout
from dashboards.components.formatting import NOTHING, is_missing
from dashboards.components.palette import INK, LINE, NAVY, SAND, STATUS_COLOURS, TEAL
from dashboards.components.tables import table_html
from dashboards.components.texts import Words

PER_CENT = 100
HEIGHT = 330
START_APPROVAL = 0.8
RIGHT_AXIS = {
    "overlaying": "y",
    "side": "right",
    "ticksuffix": "%",
    "tickmode": "auto",
    "nticks": 6,
    "showgrid": False,
    "rangemode": "tozero",
    "fixedrange": True,
    "automargin": True,
}


def _percent(value: Any, digits: int = 1) -> str:
    return NOTHING if is_missing(value) else f"{float(value):.{digits}%}"


def _number(value: Any) -> str:
    return NOTHING if is_missing(value) else f"{float(value):.3f}"


def bands_figure(bands: pd.DataFrame, words: Words) -> go.Figure:
    """Good and bad borrowers per score band, and the bad ratio.

    `bands`: score_band, band_lower_score, good_count, bad_count, bad_ratio.
    """
    figure = go.Figure()
    for column, colour in (("good_count", TEAL), ("bad_count", STATUS_COLOURS["red"])):
        figure.add_bar(
            x=bands["band_lower_score"].astype(int).astype(str),
            y=bands[column].astype(float),
            name=words(f"credit.{column}"),
            marker={"color": colour},
            customdata=bands["score_band"],
            hovertemplate="%{customdata}<br>%{y:,.0f}<extra>%{fullData.name}</extra>",
        )
    figure.add_scatter(
        x=bands["band_lower_score"].astype(int).astype(str),
        y=bands["bad_ratio"] * PER_CENT,
        name=words("credit.bad_ratio"),
        yaxis="y2",
        mode="lines+markers",
        line={"color": INK, "width": 1.8},
        hovertemplate="%{x}<br>%{y:.1f}%<extra>%{fullData.name}</extra>",
    )
    plain_layout(figure, words("credit.distribution"), HEIGHT)
    figure.update_layout(barmode="stack", bargap=0.15, yaxis2=RIGHT_AXIS)
    figure.update_xaxes(nticks=8, tickangle=0, type="category")
    return figure


def cutoff_figure(cutoffs: pd.DataFrame, cutoff: int, words: Words) -> go.Figure:
    """Approval and loss by cut-off, the one chosen marked.

    `cutoffs`: cutoff_score, approval_ratio, bad_ratio, expected_bad_ratio.
    """
    figure = go.Figure()
    lines = (
        ("approval_ratio", TEAL, "solid", "y"),
        ("bad_ratio", STATUS_COLOURS["red"], "solid", "y2"),
        ("expected_bad_ratio", SAND, "dash", "y2"),
    )
    for column, colour, dash, axis in lines:
        figure.add_scatter(
            x=cutoffs["cutoff_score"],
            y=cutoffs[column] * PER_CENT,
            name=words(f"credit.{column}"),
            yaxis=axis,
            line={"color": colour, "width": 2.2, "dash": dash},
            hovertemplate="%{x}<br>%{y:.1f}%<extra>%{fullData.name}</extra>",
        )
    plain_layout(figure, words("credit.cutoff_curve"), HEIGHT)
    figure.add_vline(x=cutoff, line={"color": INK, "width": 1.4, "dash": "dot"})
    figure.update_layout(
        yaxis={"ticksuffix": "%", "rangemode": "tozero"},
        yaxis2=RIGHT_AXIS,
    )
    return figure


def separation_figure(cutoffs: pd.DataFrame, quality: pd.DataFrame, words: Words) -> go.Figure:
    """Cumulative shares of goods and bads by score, the widest gap marked.

    `cutoffs`: cutoff_score and the three share columns; `quality`: sample and ks, which is computed at every score.
    """
    overall = quality.loc[quality["sample"] == "all", "ks"]
    figure = go.Figure()
    for column, colour in (("rejected_bad_share_ratio", STATUS_COLOURS["red"]), ("rejected_good_share_ratio", TEAL)):
        figure.add_scatter(
            x=cutoffs["cutoff_score"],
            y=cutoffs[column] * PER_CENT,
            name=words(f"credit.{column}"),
            line={"color": colour, "width": 2.2},
            hovertemplate="%{x}<br>%{y:.1f}%<extra>%{fullData.name}</extra>",
        )
    plain_layout(figure, words("credit.separation"), HEIGHT)
    known = cutoffs.dropna(subset=["separation_ratio"])
    if not known.empty:
        widest = known.loc[known["separation_ratio"].idxmax()]
        ends = [widest["rejected_good_share_ratio"] * PER_CENT, widest["rejected_bad_share_ratio"] * PER_CENT]
        figure.add_scatter(
            x=[widest["cutoff_score"]] * 2,
            y=ends,
            mode="lines",
            line={"color": INK, "width": 1.6, "dash": "dot"},
            showlegend=False,
            hoverinfo="skip",
        )
        figure.add_annotation(
            x=widest["cutoff_score"],
            y=sum(ends) / 2,
            text=f"KS {_number(overall.iloc[0]) if len(overall) else NOTHING}",
            showarrow=False,
            xanchor="left",
            xshift=8,
            font={"color": INK},
        )
    figure.update_yaxes(ticksuffix="%", range=[0, PER_CENT + 2])
    return figure


def stability_figure(months: pd.DataFrame, words: Words) -> go.Figure:
    """PSI by month with its bounds. `months`: observation_month, psi, target_value, red_bound."""
    figure = go.Figure()
    names = [f"{month:%Y-%m}" for month in months["observation_month"]]
    figure.add_scatter(
        x=names,
        y=months["psi"],
        name=words("credit.psi"),
        mode="lines+markers",
        line={"color": NAVY, "width": 2.2},
        hovertemplate="%{x}<br>%{y:.3f}<extra></extra>",
    )
    for column, label, colour in (
        ("target_value", "credit.psi_stable", "green"),
        ("red_bound", "credit.psi_review", "red"),
    ):
        if months[column].notna().any():
            figure.add_scatter(
                x=names,
                y=months[column].astype(float),
                name=words(label),
                mode="lines",
                line={"color": STATUS_COLOURS[colour], "width": 1.4, "dash": "dash"},
                hoverinfo="skip",
            )
    plain_layout(figure, words("credit.stability"), HEIGHT)
    figure.update_xaxes(nticks=6, tickangle=0, type="category")
    figure.update_yaxes(rangemode="tozero")
    return figure


def reasons_figure(reasons: pd.DataFrame, words: Words) -> go.Figure:
    """How often each reason is among a borrower's first three. `reasons`: names and value (share of borrowers)."""
    shown = reasons.sort_values("value")
    figure = go.Figure(
        go.Bar(
            x=shown["value"] * PER_CENT,
            y=[_wrapped(words.name(row)) for _, row in shown.iterrows()],
            orientation="h",
            marker={"color": NAVY},
            text=[_percent(value) for value in shown["value"]],
            textposition="outside",
            cliponaxis=False,
            width=0.6,
            hovertemplate="%{y}<br>%{text}<extra></extra>",
        )
    )
    plain_layout(figure, words("credit.reasons"), 80 + 36 * max(len(shown), 2))
    figure.update_xaxes(visible=False, range=[0, float(shown["value"].max()) * PER_CENT * 1.3])
    figure.update_yaxes(showgrid=False, tickfont={"color": INK}, ticksuffix="  ", ticks="", linecolor=LINE)
    return figure


def _wrapped(name: str, length: int = 24) -> str:
    """A long name on two lines, so that bars keep their room on narrow screens."""
    if len(name) <= length or " " not in name:
        return name
    middle = min((place for place, letter in enumerate(name) if letter == " "), key=lambda place: abs(place - len(name) / 2))
    return f"{name[:middle]}<br>{name[middle + 1 :]}"


def quality_html(quality: pd.DataFrame, words: Words) -> str:
    """KS, AUC and PSI per sample as a table."""
    columns = [words(f"credit.{name}") for name in ("sample", "borrowers", "bads", "bad_ratio", "ks", "auc", "gini", "psi")]
    rows = [
        [
            words.of("sample", row["sample"]),
            f"{int(row['borrower_count']):,}",
            f"{int(row['bad_count']):,}",
            _percent(row["bad_ratio"]),
            *(_number(row[name]) for name in ("ks", "auc", "gini", "psi")),
        ]
        for _, row in quality.iterrows()
    ]
    return table_html(columns, rows, frozenset(range(1, len(columns))))


def cutoff_figures(chosen: pd.Series, words: Words) -> list[tuple[str, str, str]]:
    """The large numbers at one cut-off."""
    return [
        (words("credit.approval_ratio"), _percent(chosen["approval_ratio"]), "green"),
        (words("credit.bad_ratio"), _percent(chosen["bad_ratio"], 2), "red"),
        (words("credit.expected_bad_ratio"), _percent(chosen["expected_bad_ratio"], 2), "no_target"),
        (words("credit.rejected_bad_share"), _percent(chosen["rejected_bad_share_ratio"]), "amber"),
    ]


def first_cutoff(cutoffs: pd.DataFrame) -> int:
    """Where the slider starts: the highest cut-off that still approves four in five."""
    generous = cutoffs[cutoffs["approval_ratio"] >= START_APPROVAL]
    return int((generous if not generous.empty else cutoffs)["cutoff_score"].max())
