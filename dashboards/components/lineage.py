"""The figure of a lineage: boxes in columns by layer, from left to right, and lines for what flows from one to the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import NamedTuple

import plotly.graph_objects as go
import streamlit as st

from dashboards.components.charts import CONFIG
from dashboards.components.lineage_graph import LAYERS, USES, Box, Graph, place_of
from dashboards.components.lineage_layout import lay_out
from dashboards.components.palette import FONTS, INK, MUTED, NAVY, PAPER, STATUS_COLOURS, STATUS_ICONS
from dashboards.components.texts import Words

# Border and filling of a box by its layer.
COLOURS = {
    "delivery": ("#a58a56", "#faf5ea"),
    "seed": ("#c9b28b", "#fdfaf3"),
    "staging": ("#8f9aa5", "#f4f6f8"),
    "intermediate": ("#3f8f8c", "#ecf5f5"),
    "mart": ("#2f6da3", "#ebf2f8"),
    "metric": (NAVY, "#d9e6f1"),
    "tile": (INK, "#e8ebee"),
}
# Colour, dashes in the figure and style in the legend of a line by the strongest use it stands for.
LINES = {
    "value": (NAVY, "solid", "solid"),
    "filter": ("#b9770e", "5px,3px", "dashed"),
    "join": ("#3f8f8c", "2px,3px", "dotted"),
    "group": ("#8a6fa8", "5px,3px", "dashed"),
    "rows": ("#b9c3cc", "solid", "solid"),
}
FONT_SIZE, LETTER, LINE_HEIGHT, PADDING = 11, 5.9, 14, 16
LINE_LENGTHS, SUBJECT_LENGTH, NARROWEST = (20.0, 16.0, 12.0), 15.0, 70.0
"""How many letters a line holds: fewer where the graph has so many columns that it would be wider than FILLED."""
HEAD, FOOT, SIDE = 34, 12, 10
FILLED, GAP_LEAST, GAP_MOST = 1074, 24.0, 130.0
"""The width that a small graph is spread over, and the pixels between two columns."""
CURVE = 10
HOVERED_COLUMNS = 14
# What the layer's title and the subject over a name say already.
SAID_ALREADY = dict.fromkeys(COLOURS, r"^$") | {"delivery": r"^.*/", "staging": r"^stg_.*?__", "intermediate": r"^int_.*?__"}


@dataclass(frozen=True)
class Marks:
    """What is said beside the boxes. `names`: metric code to name; `failing`: table to failing checks; `picked`: the name of the box the
    lineage is of; `opened`: the box whose ways stand out, if any.
    """

    names: Mapping[str, str]
    failing: Mapping[str, int]
    picked: str
    opened: Box | None = None

    def failed(self, box: Box) -> int:
        """How many checks of a box failed when they last ran."""
        return sum(self.failing.get(name, 0) for name in box.members or (box.name,))

    def stands_out(self, box: Box) -> bool:
        """Whether the lineage is of this box, or it was opened."""
        return box == self.opened or self.picked in (box.members or (box.name,))


class Frame(NamedTuple):
    """The rectangle of a box in pixels, `middle` being its vertical one, and what is written in it."""

    left: float
    width: float
    middle: float
    height: float
    lines: list[str]


def lineage_figure(graph: Graph, marks: Marks, words: Words) -> go.Figure:
    """The graph as a figure of its own size, a unit being a pixel."""
    for length in LINE_LENGTHS:
        lines = {box: _label(box, marks, length, words) for box in graph.columns}
        lefts, widths, total = _columns(graph, lines)
        if total <= FILLED:
            break
    heights = {box: LINE_HEIGHT * len(label) + 8.0 for box, label in lines.items()}
    layout = lay_out(graph.columns, list(graph.edges), heights)
    frames = {box: Frame(lefts[c], widths[c], layout.middles[box], heights[box], lines[box]) for box, c in graph.columns.items()}
    figure = go.Figure()
    _draw_titles(figure, frames, words)
    lit = graph.through(marks.opened) if marks.opened else set(graph.edges)
    curves = {
        edge: _curve(
            frames[edge[0]], [(lefts[c], lefts[c] + widths[c], middle) for c, middle in layout.routes.get(edge, [])], frames[edge[1]]
        )
        for edge in graph.edges
    }
    for part, opacity in ((set(graph.edges) - lit, 0.16), (lit, 0.9)):
        _draw_edges(figure, {edge: curves[edge] for edge in graph.edges if edge in part}, graph, opacity)
    _draw_boxes(figure, frames, marks, [_hover(box, graph, marks, words) for box in frames])
    figure.update_layout(
        width=total,
        height=layout.height + HEAD + FOOT,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        font={"family": FONTS, "size": FONT_SIZE, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        showlegend=False,
        dragmode=False,
        clickmode="event+select",
        barmode="overlay",
        hoverlabel={"font": {"family": FONTS, "size": 12}, "bgcolor": PAPER, "align": "left"},
    )
    figure.update_xaxes(visible=False, range=[0, total], fixedrange=True)
    figure.update_yaxes(visible=False, range=[layout.height + FOOT, -HEAD], fixedrange=True)
    return figure


def show_lineage(figure: go.Figure, alt: str, on_click: Callable[[str], None]) -> None:
    """Put the figure on the page in its own size; it scrolls where the screen is narrower. `on_click` gets the key of a box."""

    def clicked() -> None:
        points = st.session_state["lineage_graph"]["selection"]["points"]
        if points and points[0].get("customdata"):
            on_click(str(points[0]["customdata"][0]))

    with st.container(key="lineage_scroll"):
        st.plotly_chart(
            figure, key="lineage_graph", config=CONFIG, theme=None, width="content", on_select=clicked, selection_mode="points", alt=alt
        )


def key_of(box: Box) -> str:
    """A text that tells a box from all others."""
    return f"{box.layer} {box.name}{' +' if box.is_folded else ''}"


def title_of(box: Box, names: Mapping[str, str], words: Words) -> str:
    """A box in one line."""
    if box.is_folded:
        return f"{_subject(box, words)} · {words('lineage.folded', count=len(box.members))}"
    if box.layer == "tile":
        return words.of("page", box.name.removesuffix("_page"))
    return names.get(box.name, box.name) if box.layer == "metric" else box.name


def legend_html(graph: Graph, words: Words) -> str:
    """What the lines mean, those kinds only that are drawn."""
    drawn = {graph.kind(edge) for edge in graph.edges}
    items = "".join(
        f'<span><i style="border-color:{LINES[use][0]};border-style:{LINES[use][2]}"></i>{escape(words(f"lineage_use.{use}"))}</span>'
        for use in USES
        if use in drawn
    )
    return f'<div class="zc-legend">{items}</div>'


def _subject(box: Box, words: Words) -> str:
    return box.subject if box.layer in {"delivery", "staging"} else words.of("subject", box.subject)


def _label(box: Box, marks: Marks, length: float, words: Words) -> list[str]:
    """What is written in a box: its subject or source, and its name without what that says already."""
    lines = _wrapped(_subject(box, words), max(length, SUBJECT_LENGTH))
    if box.is_folded:
        lines.append(words("lineage.folded", count=len(box.members)))
    else:
        lines += _wrapped(re.sub(SAID_ALREADY[box.layer], "", title_of(box, marks.names, words)), length)
    return [f"{STATUS_ICONS['red']} {lines[0]}", *lines[1:]] if marks.failed(box) else lines


def _wrapped(text: str, length: float) -> list[str]:
    """The text in lines of so many letters where words are not longer, broken after blanks and underscores, Chinese anywhere."""
    lines = [""]
    for piece in re.findall(r"[^\s_\u2e80-\uffff]*[\s_]?|[\u2e80-\uffff]", text):
        if _length(lines[-1] + piece.rstrip()) > length and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def _length(text: str) -> float:
    """How many Latin letters a text is wide; a Chinese character is as wide as it is high."""
    return sum(FONT_SIZE / LETTER if letter > "\u2e7f" else 1.0 for letter in text)


def _columns(graph: Graph, labels: Mapping[Box, list[str]]) -> tuple[list[float], list[float], float]:
    """Left edge and width of every column, and the width of all."""
    widths = [NARROWEST] * (max(graph.columns.values()) + 1)
    for box, column in graph.columns.items():
        widths[column] = max(widths[column], PADDING + LETTER * max(_length(line) for line in labels[box]))
    spread = (FILLED - 2 * SIDE - sum(widths)) / max(len(widths) - 1, 1)
    gap = min(max(spread, GAP_LEAST), GAP_MOST)
    lefts = [SIDE + sum(widths[:column]) + gap * column for column in range(len(widths))]
    return lefts, widths, lefts[-1] + widths[-1] + SIDE


def _draw_titles(figure: go.Figure, frames: Mapping[Box, Frame], words: Words) -> None:
    """The layers' names over their columns."""
    layers: dict[float, set[str]] = defaultdict(set)
    for box, frame in frames.items():
        layers[frame.left, frame.left + frame.width].add(box.layer)
    for _, group in groupby(sorted(layers), key=lambda span: min(map(place_of, layers[span]))):
        spans = list(group)
        left, right = spans[0][0], spans[-1][1]
        title = " · ".join(words(f"layer.{layer}") for layer in LAYERS if any(layer in layers[span] for span in spans))
        figure.add_shape(type="line", x0=left, x1=right, y0=-10, y1=-10, line={"color": "#c6ced5", "width": 1})
        figure.add_annotation(x=left, y=-22, text=f"<b>{title}</b>", showarrow=False, xanchor="left", font={"size": 11.5, "color": MUTED})


def _draw_edges(figure: go.Figure, curves: Mapping[tuple[Box, Box], list[tuple[float, float]]], graph: Graph, opacity: float) -> None:
    """One line of all edges per kind of use, the strongest last, so that it lies on top."""
    for use in reversed(USES):
        points = [point for edge, curve in curves.items() if graph.kind(edge) == use for point in (*curve, (None, None))]
        if points:
            figure.add_scatter(
                x=[x for x, _ in points],
                y=[y for _, y in points],
                mode="lines",
                hoverinfo="skip",
                opacity=opacity,
                line={"color": LINES[use][0], "dash": LINES[use][1], "width": 1.5 if use == "value" else 1.3},
            )


def _curve(source: Frame, lanes: list[tuple[float, float, float]], target: Frame) -> list[tuple[float, float]]:
    """The points of an edge: from the right of its source through its lanes (left, right, middle) to the left of its target."""
    x, y = source.left + source.width, source.middle
    points = [(x, y)]
    for start, end, middle in [*lanes, (target.left, target.left, target.middle)]:
        for step in range(1, CURVE + 1):
            part = step / CURVE
            points.append((x + (start - x) * part, y + (middle - y) * part * part * (3 - 2 * part)))
        x, y = end, middle
        points.append((x, y))
    return points


def _draw_boxes(figure: go.Figure, frames: Mapping[Box, Frame], marks: Marks, hovered: list[str]) -> None:
    """The boxes as bars, which can be hovered and clicked anywhere on them, and over them what they say."""
    failed = [bool(marks.failed(box)) for box in frames]
    borders = [STATUS_COLOURS["red"] if bad else COLOURS[box.layer][0] for box, bad in zip(frames, failed, strict=True)]
    figure.add_bar(
        orientation="h",
        base=[frame.left for frame in frames.values()],
        x=[frame.width for frame in frames.values()],
        y=[frame.middle for frame in frames.values()],
        width=[frame.height for frame in frames.values()],
        marker={
            "color": [COLOURS[box.layer][1] for box in frames],
            "line": {
                "color": borders,
                "width": [2.6 if bad or marks.stands_out(b) else 1.0 for b, bad in zip(frames, failed, strict=True)],
            },
            "cornerradius": 4,
        },
        customdata=[[key_of(box)] for box in frames],
        hovertext=hovered,
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
    figure.add_scatter(
        x=[frame.left + PADDING / 2 - 1 for frame in frames.values()],
        y=[frame.middle for frame in frames.values()],
        mode="text",
        text=[_text(frame.lines) for frame in frames.values()],
        textposition="middle right",
        textfont={"color": INK, "size": FONT_SIZE},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _text(lines: list[str]) -> str:
    first, *others = lines
    return "<br>".join([f'<span style="color:{MUTED}">{first}</span>' if others else first, *others])


def _hover(box: Box, graph: Graph, marks: Marks, words: Words) -> str:
    lines = [f"<b>{title_of(box, marks.names, words)}</b>", words(f"layer.{box.layer}")]
    if marks.failed(box):
        lines.append(words("lineage.failing", count=marks.failed(box)))
    if box.layer not in {"metric", "tile"} and not box.is_folded:
        used = graph.used_columns(box)
        for column, uses in list(used.items())[:HOVERED_COLUMNS]:
            shown = words("lineage.rows") if column == "*" else column
            lines.append(f"{shown} · {words.listed(words(f'lineage_use.{use}') for use in uses)}")
        if len(used) > HOVERED_COLUMNS:
            lines.append(words("lineage.more", count=len(used) - HOVERED_COLUMNS))
    return "<br>".join(lines)
