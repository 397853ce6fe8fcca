"""The side bar: language, period, cut and day of knowledge, kept from page to page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from dashboards.components.formatting import format_date, format_period
from dashboards.components.known import is_different
from dashboards.components.session import Selection
from dashboards.components.texts import LANGUAGES, Words
from dashboards.published import PublishedData

GRAINS = ("month", "quarter", "year")
CUTS = ("organisation", "channel", "product")
KNOWN_ON, ASKED_PERIOD = "known_on", "asked_period"
# The option of everything, or of the latest: an empty select box would speak English.
ALL = ""


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
    words: Words, data: PublishedData, organisations: pd.DataFrame, channels: pd.DataFrame, products: pd.DataFrame
) -> Selection | None:
    """The filters, and what was chosen; nothing when no period had been published on the day chosen.

    Frames as the questions of their names answer.
    """
    with st.sidebar:
        filters = st.container()
        # Drawn below the filters and asked before them: the day decides which periods there are.
        known_on = _choose_known_on(words, data.days_published())
        st.button(words("filter.reset"), on_click=reset_filters, width="stretch", icon=":material/filter_alt_off:")
    periods = data.as_known_on(known_on).ask("periods")
    if periods.empty:
        return None
    with filters:
        grains = [grain for grain in GRAINS if (periods["grain"] == grain).any()]
        if st.session_state.get("grain", grains[0]) not in grains:
            st.session_state.pop("grain")
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
        start, asked = _choose_period(words, grain, starts, known_on)
        organisation = _choose_organisation(words, organisations, data.rule.sees_every_organisation)
        channel = _choose_member(words, "channel", channels)
        product = _choose_member(words, "product", products)
    company = None
    if organisation is not None:
        company = organisations.set_index("organisation_code")["company_code"].to_dict()[organisation]
    return Selection(grain, start, starts[start], organisation, company, channel, product, known_on, asked)


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
    """One of the subjects of `tiles`, rows as `tiles_of` gives, each with how many metrics are off plan, and how many differ from today."""
    missed = tiles[tiles["status"] == "red"].groupby("subject").size().to_dict()
    differing = tiles[tiles.apply(is_different, axis=1)].groupby("subject").size().to_dict()
    subjects = words.in_order("subject", tiles["subject"].unique())
    if st.session_state.get("shown_subject") not in subjects:
        st.session_state.pop("shown_subject", None)

    def counted(subject: str, mark: str, counts: dict[str, int]) -> str:
        return f" {mark}{counts[subject]}" if subject in counts else ""

    return st.pills(
        words("cockpit.subject"),
        subjects,
        format_func=lambda subject: words.of("subject", subject) + counted(subject, "✕", missed) + counted(subject, "≠", differing),
        default=subjects[0],
        required=True,
        key="shown_subject",
        label_visibility="collapsed",
    )


def reset_filters() -> None:
    """Forget the cut chosen and show what is published now; the period stays."""
    for cut in (*CUTS, KNOWN_ON):
        st.session_state.pop(cut, None)


def _period_name(words: Words, grain: str, starts: dict[date, bool]) -> Callable[[date], str]:
    return lambda start: format_period(start, grain, words) + ("" if starts[start] else words("filter.running"))


def _last_complete(starts: dict[date, bool]) -> date:
    return next((start for start, complete in starts.items() if complete), next(iter(starts)))


def _choose_known_on(words: Words, days: list[date]) -> date | None:
    """A day before the latest publication, or nothing: what is published now, also when something new is. `days`: the latest first."""
    latest = words("filter.latest", day=format_date(days[0]))
    known_on = _choose(words("filter.known_on"), [ALL, *days[1:]], KNOWN_ON, lambda day: format_date(day) if day else latest, ALL)
    st.caption(words("filter.known_on_hint"))
    return known_on or None


def _choose_period(words: Words, grain: str, starts: dict[date, bool], known_on: date | None) -> tuple[date, date | None]:
    """The period shown, and the one asked for where it was not over on the day chosen, or not yet published.

    Such a period gives way to the last complete one when the day is changed, and comes back with a day that holds it; somebody who
    wants it as it ran may choose it.
    """
    key = f"period_{grain}"
    if st.session_state.get("period_known_on") != known_on:
        asked = st.session_state.pop(ASKED_PERIOD, (grain, st.session_state.get(key)))
        if asked[0] == grain and asked[1] is not None:
            is_kept = asked[1] in starts and (known_on is None or starts[asked[1]])
            st.session_state[key] = asked[1] if is_kept else _last_complete(starts)
            if not is_kept:
                st.session_state[ASKED_PERIOD] = asked
    st.session_state["period_known_on"] = known_on
    name = _period_name(words, grain, starts)
    start = _choose(words("filter.period"), list(starts), key, name, _last_complete(starts), _forget_asked_period)
    asked_grain, asked_start = st.session_state.get(ASKED_PERIOD, (grain, None))
    return start, asked_start if asked_grain == grain and asked_start != start else None


def _forget_asked_period() -> None:
    st.session_state.pop(ASKED_PERIOD, None)


def _choose(label: str, options: list, key: str, name: Callable, default: object, on_change: Callable | None = None) -> object:
    """A select box that forgets a choice a newer publication no longer offers.

    The choice is written to the session in every run: the box in the browser holds the words of the language before, and
    ignores a default that comes after it was drawn.
    """
    chosen = st.session_state.get(key, default)
    st.session_state[key] = chosen if chosen in options else default
    return st.selectbox(label, options, format_func=name, key=key, on_change=on_change)


def _choose_organisation(words: Words, organisations: pd.DataFrame, group_visible: bool) -> str | None:
    names = {
        row["organisation_code"]: ("　" if row["organisation_level"] > 1 else "") + words.name(row, "organisation_name")
        for _, row in organisations.iterrows()
    }
    options = ([ALL] if group_visible or not names else []) + list(names)
    chosen = _choose(
        words("filter.organisation"),
        options,
        "organisation",
        lambda code: names.get(code, words("filter.all_organisations")),
        options[0],
    )
    return chosen or None


def _choose_member(words: Words, cut: str, members: pd.DataFrame) -> str | None:
    names = dict(zip(members["member_code"], members[words.name_column], strict=True))
    return _choose(words(f"filter.{cut}"), [ALL, *names], cut, lambda code: names.get(code, words(f"filter.all_{cut}s")), ALL) or None
