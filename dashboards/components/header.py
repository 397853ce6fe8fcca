"""The strip on top of every page: as of when, simulated or not, how far to trust it, which version."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dashboards.components.formatting import format_date, format_period
from dashboards.components.session import Selection
from dashboards.components.texts import Words


def strip_html(words: Words, publication: dict[str, Any], known_on: date | None, trust: pd.DataFrame, signed_in: bool, role: str) -> str:
    """The strip as HTML; for an earlier day without trust and version, which the ledger does not keep.

    `trust`: one row with metric_count, trusted_count and failed_count.
    """
    items = [words("header.as_of", date=format_date(known_on or publication["as_of_date"]))]
    if known_on is None:
        items += [*_trust_words(words, trust), words("header.version", version=str(publication["version"])[:13])]
    items.append(words("header.role", role=words.of("role", role)))
    items += [] if signed_in else [words("header.loopback")]
    badge = f'<span class="zc-badge">{escape(words("header.simulated"))}</span>' if publication["is_simulated"] else ""
    spans = "".join(f'<span class="zc-item">{escape(item)}</span>' for item in items)
    return (
        f'<div class="zc-strip"><span class="zc-brand">{escape(words("app.name"))}</span>'
        f'<span class="zc-sub">{escape(words("app.subtitle"))}</span>{badge}{spans}</div>'
    )


def _trust_words(words: Words, trust: pd.DataFrame) -> list[str]:
    counts = trust.iloc[0]
    total, trusted, failed = (int(counts[name]) for name in ("metric_count", "trusted_count", "failed_count"))
    if not total:
        return []
    if total == trusted:
        return [words("header.trust_all", total=total)]
    if failed:
        return [words("header.trust_failed", failed=failed, total=total)]
    return [words("header.trust_unchecked", trusted=trusted, total=total)]


def scope_html(words: Words, selection: Selection, names: dict[str, str]) -> str:
    """The line that says which period and cut the page shows. `names`: code to name of the members chosen."""
    period = format_period(selection.period_start_date, selection.grain, words)
    parts = [names.get(selection.organisation_code or "", words("filter.all_organisations"))]
    parts += [names[code] for code in (selection.channel_code, selection.product_code) if code]
    running = "" if selection.is_complete_period else words("filter.running")
    return f'<div class="zc-scope"><b>{escape(period)}</b>{escape(running)}　{escape(" · ".join(parts))}</div>'


def section(title: str, hint: str = "") -> None:
    """A section's heading with a hint beside it."""
    st.html(f'<div class="zc-section"><h2>{escape(title)}</h2><span>{escape(hint)}</span></div>')
