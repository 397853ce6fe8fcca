"""One metric in detail: trend with target, companies and their branches, channels, products."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboards.components.charts import members_figure, show, show_clickable, trend_figure
from dashboards.components.formatting import is_missing
from dashboards.components.known import is_different, since_html
from dashboards.components.metric_card import definition_in_force, earlier_values_html
from dashboards.components.provenance import close_provenance, offer_provenance, show_provenance
from dashboards.components.session import Selection, published, selection, words
from dashboards.components.tables import facts_html
from dashboards.components.texts import Words
from dashboards.components.tiles import tile_html
from dashboards.components.trust import trust_note

DRILLED = "drilled_company"


def open_focus(tile: pd.Series) -> None:
    """Show a metric in a window over the page. `tile`: a row as `tiles_of` gives."""
    st.session_state.pop(DRILLED, None)
    close_provenance()
    st.dialog(words().name(tile), width="large")(_focus)(tile)


def _focus(tile: pd.Series) -> None:
    say, chosen, data = words(), selection(), published()
    unit, form, code = tile["unit"], tile["format"], tile["metric_code"]
    if show_provenance(code):
        return
    history = data.ask("trend", metric_code=code, **chosen.cut)
    metric = data.ask("metric", metric_code=code).iloc[0]
    versions = data.ask("metric_versions", metric_code=code).set_index("version", drop=False)
    left, right = st.columns([1, 2.4], gap="small")
    with left:
        st.html(tile_html(tile, history["value"].tolist()[-13:], say))
    with right:
        definition = escape(definition_in_force(tile, versions, say))
        st.html(f'<div class="zc-card"><p>{definition}</p>{facts_html(_facts(metric, tile, say))}</div>')
    if not is_missing(tile["value"]):
        offer_provenance(code)
    if tile["trust"] == "not_checked":
        st.caption(trust_note(tile["trust"], tile["trust_reason"], say))
    if is_different(tile):
        st.html(since_html(tile, chosen.known_on, say))
    if not history.empty:
        show(trend_figure(history, chosen.grain, unit, form, say("focus.trend"), say), key="focus_trend")
    earlier = data.ask("earlier_values", metric_code=code, **chosen.cut)
    if not earlier.empty:
        st.html(earlier_values_html(earlier, metric, say))
    _organisations(code, unit, form, chosen, say)
    for member in ("channel", "product"):
        if member in metric["dimensions"]:
            members = data.ask(f"by_{member}", metric_code=code, **chosen.split_by(member))
            if not members.empty:
                show(members_figure(members, unit, form, say(f"focus.{member}s"), say), key=f"focus_{member}")


def _facts(metric: pd.Series, tile: pd.Series, say: Words) -> list[tuple[str, str]]:
    return [
        (say("dictionary.owner"), say.of("people", metric["owner"])),
        (say("dictionary.direction"), say.of("direction", metric["direction"])),
        (say("dictionary.source"), say.source(metric["source_reference"])),
        (say("dictionary.definition"), "" if is_missing(tile["version"]) else say("focus.break", version=int(tile["version"]))),
        (
            say("threshold.kind"),
            say.of("target_kind", tile["target_kind"]) if isinstance(tile["target_kind"], str) else "",
        ),
    ]


def _organisations(code: str, unit: str, form: str, chosen: Selection, say: Words) -> None:
    """Companies; the one clicked, or the one filtered, opens into its organisations."""
    data = published()
    company = st.session_state.get(DRILLED) or chosen.company_code
    members = data.ask("by_organisation", metric_code=code, **chosen.split_by_organisation(company))
    if members.empty:
        return
    if company is None:
        figure = members_figure(members, unit, form, say("focus.companies"), say)
        clicked = show_clickable(figure, key="focus_companies")
        st.caption(say("focus.drill_hint"))
        if clicked:
            st.session_state[DRILLED] = clicked
            st.rerun(scope="fragment")
        return
    names = data.ask("organisations").set_index("organisation_code")
    name = say.name(names.loc[company], "organisation_name") if company in names.index else company
    show(members_figure(members, unit, form, say("focus.organisations", name=name), say), key="focus_organisations")
    if chosen.company_code is None and st.button(say("focus.back"), icon=":material/arrow_back:", key="focus_back"):
        del st.session_state[DRILLED]
        st.rerun(scope="fragment")
