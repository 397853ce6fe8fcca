"""The side bar: language, period and cut, kept from page to page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from dashboards.components.formatting import format_period
from dashboards.components.session import Selection
from dashboards.components.texts import LANGUAGES, Words

GRAINS = ("month", "quarter", "year")
CUTS = ("organisation", "channel", "product")


def choose_language() -> Words:
    """中文 unless chosen otherwise; a link may ask for a language with `?lang=en`."""
    if "language" not in st.session_state:
        asked = st.query_params.get("lang")
        st.session_state["language"] = asked if asked in LANGUAGES else "zh"
    with st.sidebar:
        st.segmented_control(
            "语言 / Language",
            list(LANGUAGES),
            format_func=LANGUAGES.get,
            key="language",
            required=True,
            label_visibility="collapsed",
        )
    return Words(st.session_state["language"])


def choose_selection(
    words: Words,
    periods: pd.DataFrame,
    organisations: pd.DataFrame,
    channels: pd.DataFrame,
    products: pd.DataFrame,
    group_visible: bool,
) -> Selection | None:
    """The filters, and what was chosen; nothing when no period has been published.

    Frames as the questions of their names answer.
    """
    if periods.empty:
        return None
    with st.sidebar:
        grains = [grain for grain in GRAINS if (periods["grain"] == grain).any()]
        grain = st.segmented_control(
            words("filter.grain"),
            grains,
            format_func=lambda g: words(f"grain.{g}"),
            key="grain",
            default=grains[0],
            required=True,
        )
        shown = periods[periods["grain"] == grain]
        starts = {row.period_start_date.date(): bool(row.is_complete_period) for row in shown.itertuples()}
        start = _choose(
            words("filter.period"),
            list(starts),
            f"period_{grain}",
            _period_name(words, grain, starts),
            _last_complete(starts),
        )
        organisation = _choose_organisation(words, organisations, group_visible)
        channel = _choose_member(words, "channel", channels)
        product = _choose_member(words, "product", products)
        st.button(words("filter.reset"), on_click=reset_filters, width="stretch", icon=":material/filter_alt_off:")
    company = None
    if organisation is not None:
        company = organisations.set_index("organisation_code")["company_code"].to_dict()[organisation]
    return Selection(grain, start, starts[start], organisation, company, channel, product)


def choose_company(organisations: pd.DataFrame, words: Words) -> str | None:
    """A company whose branches are compared, or nothing: the companies themselves."""
    companies = organisations[organisations["organisation_code"] == organisations["company_code"]]
    names = {row["organisation_code"]: words.name(row, "organisation_name") for _, row in companies.iterrows()}
    level = st.segmented_control(
        words("cockpit.level"),
        ["", *names],
        format_func=lambda code: names.get(code, words("cockpit.all_companies")),
        default="",
        required=True,
        key="compared_company",
        label_visibility="collapsed",
    )
    return level or None


def choose_subject(tiles: pd.DataFrame, words: Words) -> str:
    """One of the subjects of `tiles` (a row per metric, with `subject` and `status`), each shown with how many it has off plan."""
    missed = tiles[tiles["status"] == "red"].groupby("subject").size().to_dict()
    subjects = words.in_order("subject", tiles["subject"].unique())
    if st.session_state.get("shown_subject") not in subjects:
        st.session_state.pop("shown_subject", None)
    return st.pills(
        words("cockpit.subject"),
        subjects,
        format_func=lambda subject: words.of("subject", subject) + (f" ✕{missed[subject]}" if subject in missed else ""),
        default=subjects[0],
        required=True,
        key="shown_subject",
        label_visibility="collapsed",
    )


def reset_filters() -> None:
    """Forget the cut chosen; the period stays."""
    for cut in CUTS:
        st.session_state.pop(cut, None)


def _period_name(words: Words, grain: str, starts: dict[date, bool]) -> Callable[[date], str]:
    return lambda start: format_period(start, grain, words) + ("" if starts[start] else words("filter.running"))


def _last_complete(starts: dict[date, bool]) -> date:
    return next((start for start, complete in starts.items() if complete), next(iter(starts)))


def _choose(label: str, options: list, key: str, name: Callable, default: object) -> object:
    """A select box that forgets a choice a newer publication no longer offers."""
    if st.session_state.get(key, default) not in options:
        st.session_state.pop(key, None)
    return st.selectbox(label, options, index=options.index(default), format_func=name, key=key)


def _choose_organisation(words: Words, organisations: pd.DataFrame, group_visible: bool) -> str | None:
    names = {
        row["organisation_code"]: ("　" if row["organisation_level"] > 1 else "") + words.name(row, "organisation_name")
        for _, row in organisations.iterrows()
    }
    options = ([None] if group_visible or not names else []) + list(names)
    return _choose(
        words("filter.organisation"),
        options,
        "organisation",
        lambda code: names.get(code, words("filter.all_organisations")),
        options[0],
    )


def _choose_member(words: Words, cut: str, members: pd.DataFrame) -> str | None:
    names = dict(zip(members["member_code"], members[words.name_column], strict=True))
    return _choose(words(f"filter.{cut}"), [None, *names], cut, lambda code: names.get(code, words(f"filter.all_{cut}s")), None)
