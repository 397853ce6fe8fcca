"""The scorecard: whom it separates, what a cut-off would do, whether it still holds, and why people score low."""

import streamlit as st

from dashboards.components.charts import show
from dashboards.components.credit import (
    bands_figure,
    cutoff_figure,
    cutoff_figures,
    first_cutoff,
    quality_html,
    reasons_figure,
    separation_figure,
    stability_figure,
)
from dashboards.components.focus import open_focus
from dashboards.components.header import section
from dashboards.components.known import has_card, tiles_of
from dashboards.components.session import may_see, published, selection, words
from dashboards.components.tables import figures_html
from dashboards.components.tiles import board, histories_of

say, chosen, data = words(), selection(), published()
if not may_see("credit"):
    st.stop()

tiles = tiles_of(data, chosen)
tiles = tiles[(tiles["subject"] == "credit") & has_card(tiles)]
opened = None
if not tiles.empty:
    section(say("credit.metrics"))
    opened = board("credit", tiles, histories_of(data.ask("sparklines", **chosen.cut)), say)

cards = data.ask("credit_cards")
if cards.empty:
    st.info(say("credit.no_card"))
    st.stop()
section(say("credit.card"), say("credit.card_hint"))
statuses = dict(zip(cards["card_version"], cards["card_status"], strict=True))
card = {"card_version": cards["card_version"].iloc[0]}
if len(cards) > 1:
    card["card_version"] = st.selectbox(
        say("credit.version"),
        list(statuses),
        format_func=lambda version: f"{version} · {say.of('card_status', statuses[version])}",
        key="credit_card",
    )
quality = data.ask("credit_quality", **card)
st.html(quality_html(quality, say))

cutoffs = data.ask("credit_cutoffs", **card)
left, right = st.columns(2)
with left:
    show(bands_figure(data.ask("credit_bands", **card), say), key="credit_bands")
with right:
    show(separation_figure(cutoffs, quality, say), key="credit_separation")

section(say("credit.cutoff_title"), say("credit.cutoff_hint"))
cutoff = st.select_slider(
    say("credit.cutoff"),
    cutoffs["cutoff_score"].tolist(),
    value=first_cutoff(cutoffs),
    key=f"credit_cutoff_{card['card_version']}",
)
st.html(figures_html(cutoff_figures(cutoffs.set_index("cutoff_score").loc[cutoff], say)))
show(cutoff_figure(cutoffs, cutoff, say), key="credit_cutoff_curve")

section(say("credit.health"))
left, right = st.columns(2)
with left:
    show(stability_figure(data.ask("credit_stability", **card), say), key="credit_stability")
with right:
    show(reasons_figure(data.ask("credit_reasons", **card), say), key="credit_reasons")

if opened:
    open_focus(tiles.set_index("metric_code", drop=False).loc[opened])
