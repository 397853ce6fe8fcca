"""Cards of metrics: value, target, status, changes, sparkline and trust mark."""

from __future__ import annotations

import base64
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboards.components.formatting import change_verdict, format_change, format_parts, format_value, is_missing
from dashboards.components.known import difference_html, is_different
from dashboards.components.palette import NAVY, STATUS_COLOURS, STATUS_ICONS, trust_status
from dashboards.components.texts import Words
from dashboards.components.trust import trust_note, trust_word

STATUSES = ("red", "amber", "green", "no_target")
SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 200, 34, 4
SHIELD = "M8 1 2.5 3v4.2c0 3.4 2.3 6.3 5.5 7.3 3.2-1 5.5-3.9 5.5-7.3V3z"
SHIELD_MARKS = {"green": "M5.4 8l1.9 1.9 3.4-3.8", "red": "M6 6l4 4M10 6l-4 4", "no_target": "M5.6 8h4.8"}


def _image(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def sparkline(values: list[float], colour: str = NAVY) -> str:
    """A line of the values, oldest first, as an image address; empty when there are fewer than two."""
    known = [float(value) for value in values if not is_missing(value)]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    step = (SPARK_WIDTH - 2 * SPARK_MARGIN) / (len(known) - 1)
    reach = SPARK_HEIGHT - 2 * SPARK_MARGIN
    points = [
        (
            SPARK_MARGIN + place * step,
            SPARK_HEIGHT - SPARK_MARGIN - (reach * (value - low) / (high - low) if high > low else reach / 2),
        )
        for place, value in enumerate(known)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    area = f"{SPARK_MARGIN},{SPARK_HEIGHT} {path} {points[-1][0]:.1f},{SPARK_HEIGHT}"
    box = f'viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}" preserveAspectRatio="none"'
    return _image(
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>'
        f'<polygon points="{area}" fill="{colour}" opacity=".08"/>'
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.8" '
        'vector-effect="non-scaling-stroke"/></svg>'
    )


def trust_image(trust: Any, reason: Any, words: Words) -> str:
    """The trust mark as an image with its meaning as text. `reason`: as `trust_sentence` takes it, if any."""
    status = trust_status(trust)
    meaning = escape(trust_word(trust, reason, words))
    colour = STATUS_COLOURS[status]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="{colour}" stroke-width="1.4" '
        f'stroke-linecap="round" stroke-linejoin="round"><path d="{SHIELD}"/><path d="{SHIELD_MARKS[status]}"/></svg>'
    )
    return f'<img src="{_image(svg)}" alt="{meaning}" title="{meaning}">'


def status_html(status: str, words: Words) -> str:
    """A status as icon and word on its colour."""
    return f'<span class="zc-status {status}">{STATUS_ICONS[status]} {escape(words(f"status.{status}"))}</span>'


def tile_html(tile: Any, history: list[float], words: Words) -> str:
    """One card. `tile`: a row as `tiles_of` gives; `history`: values up to the period shown, oldest first."""
    unit, form, status = tile["unit"], tile["format"], tile["status"]
    target = words("cockpit.target", target=format_value(tile["target_value"], unit, form, words))
    aim = "" if is_missing(tile["target_value"]) else f"<span>{escape(target)}</span>"
    has_value = not is_missing(tile["value"])
    goal = f'<div class="zc-goal">{status_html(status, words)}{aim}</div>' if has_value else ""
    trust = trust_image(tile["trust"], tile["trust_reason"], words) if has_value else ""
    since = " since" if is_different(tile) else ""
    image = sparkline(history, STATUS_COLOURS[status] if status in ("red", "amber") else NAVY)
    spark = f'<img class="zc-spark" src="{image}" alt="">' if image else '<div class="zc-spark"></div>'
    number, unit_name = format_parts(tile["value"], unit, form, words)
    doubt = _doubt_html(tile, words)
    compared = (("month", "change_previous"), ("year", "change_previous_year")) if has_value else ()
    changes = "".join(_change_html(tile, label, column, words) for label, column in compared)
    name = f'<span class="zc-name">{escape(words.name(tile))}</span>'
    return (
        f'<div class="zc-tile {status}{since}"><div class="zc-head">{name}{trust}</div>'
        f'<div class="zc-value">{escape(number)}<small>{escape(unit_name)}</small></div>'
        f"{goal}{difference_html(tile, words)}{doubt}{spark}"
        f'<div class="zc-changes">{changes}</div></div>'
    )


def _doubt_html(tile: Any, words: Words) -> str:
    """Why a tile cannot be trusted; a tile not checked says so in a word, its window says more. Of an earlier day nothing is known."""
    if tile["trust"] not in {"failed", "not_checked"} or is_missing(tile["value"]):
        return ""
    mark = escape(trust_word(tile["trust"], tile["trust_reason"], words))
    note = trust_note(tile["trust"], tile["trust_reason"], words) if tile["trust"] == "failed" else ""
    why = f"<span>{escape(note)}</span>" if note else ""
    return f'<div class="zc-trust-note {trust_status(tile["trust"])}">{mark}{why}</div>'


def _change_html(tile: Any, label: str, column: str, words: Words) -> str:
    change = tile[column]
    verdict = change_verdict(change, tile["direction"])
    shown = format_change(change, tile["change_kind"], tile["unit"], tile["format"], words)
    arrow = {"+": "▲", "-": "▼"}.get(shown[0], "")
    verdict = verdict if arrow else "even"
    return f'<span>{escape(words(f"cockpit.{label}_change"))} <b class="{verdict}">{arrow}{escape(shown)}</b></span>'


def board(name: str, tiles: pd.DataFrame, histories: dict[str, list[float]], words: Words) -> str | None:
    """A grid of cards; the code of the one just opened, if any. `histories`: code to values, oldest first."""
    opened = None
    with st.container(key=f"board_{name}"):
        for _, tile in tiles.iterrows():
            code = tile["metric_code"]
            with st.container(key=f"card_{name}_{code}"):
                st.html(tile_html(tile, histories.get(code, []), words))
                if st.button(words("cockpit.open", name=words.name(tile)), key=f"open_{name}_{code}"):
                    opened = code
    return opened


def counts_html(tiles: pd.DataFrame, words: Words) -> str:
    """How many metrics are off plan, near it, on it and without target, as numbers and as one bar."""
    counts = {status: int((tiles["status"] == status).sum()) for status in STATUSES}
    numbers = "".join(
        f'<div class="{status}"><b>{count}</b>{STATUS_ICONS[status]} {escape(words(f"status.{status}"))}</div>'
        for status, count in counts.items()
    )
    bar = "".join(f'<i class="{status}" style="flex:{count}"></i>' for status, count in counts.items() if count)
    return f'<div class="zc-card"><div class="zc-counts">{numbers}</div><div class="zc-bar">{bar}</div></div>'


def histories_of(series: pd.DataFrame) -> dict[str, list[float]]:
    """Code to values, oldest first, from the answer of `sparklines`."""
    return {code: rows["value"].tolist() for code, rows in series.groupby("metric_code")}


def worst_first(tiles: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The metrics off or near plan, red before amber, then by how far they miss their target."""
    missed = tiles[tiles["status"].isin(["red", "amber"])]
    order = missed["status"].map({"red": 0, "amber": 1})
    return missed.assign(_order=order).sort_values(["_order", "gap_ratio"], ascending=[True, False]).head(limit).drop(columns="_order")
