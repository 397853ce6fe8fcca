"""What is off plan, where, and every metric of a subject by evaluation."""

import streamlit as st

from dashboards.components.filters import choose_company, choose_subject
from dashboards.components.focus import open_focus
from dashboards.components.header import section
from dashboards.components.known import has_card, tiles_of
from dashboards.components.session import published, selection, words
from dashboards.components.tables import status_table_html
from dashboards.components.tiles import board, counts_html, histories_of, worst_first

SHOWN_OFF_PLAN = 12
EVALUATIONS = ("operations", "value", "risk")

say, chosen, data = words(), selection(), published()
tiles = tiles_of(data, chosen)
histories = histories_of(data.ask("sparklines", **chosen.cut))
valued, shown = tiles.dropna(subset=["value"]), tiles[has_card(tiles)]
missed = worst_first(valued, SHOWN_OFF_PLAN)
opened = None

if shown.empty:
    st.info(say("cockpit.no_values"))
    st.stop()

section(say("cockpit.off_plan"), say("cockpit.off_plan_hint"))
st.html(counts_html(valued, say))
if not chosen.is_complete_period:
    st.caption(say("cockpit.running"))
if missed.empty:
    has_target = (valued["status"] != "no_target").any()
    st.success(say("cockpit.nothing_off_plan" if has_target else "cockpit.no_targets"))
else:
    opened = board("off_plan", missed, histories, say)

if not missed.empty:
    section(say("cockpit.where"), say("cockpit.where_hint"))
    company = chosen.company_code or choose_company(data.ask("organisations"), say)
    heat = data.ask("organisation_heat", **chosen.split_by_organisation(company))
    heat = heat[heat["metric_code"].isin(missed["metric_code"])]
    st.html(status_table_html(heat, say, missed["metric_code"].tolist()))

section(say("cockpit.by_subject"), say("cockpit.by_subject_hint") if chosen.known_on is None else say("known.by_subject_hint"))
subject = choose_subject(tiles, say)
for evaluation in EVALUATIONS:
    group = shown[(shown["subject"] == subject) & (shown["evaluation"] == evaluation)]
    if not group.empty:
        section(say(f"evaluation.{evaluation}"))
        opened = board(evaluation, group, histories, say) or opened

unpublished = tiles[~has_card(tiles) & (tiles["subject"] == subject)]
if not unpublished.empty:
    st.caption(say("cockpit.unpublished", count=len(unpublished), names=say.listed(unpublished[say.name_column])))

if opened:
    open_focus(tiles.set_index("metric_code", drop=False).loc[opened])
