"""Search the metrics dictionary and read one metric."""

import streamlit as st

from dashboards.components.charts import show, trend_figure
from dashboards.components.metric_card import formula_html, governance_facts, metric_html, thresholds_html, versions_html
from dashboards.components.session import published, selection, words
from dashboards.components.tables import facts_html

LIST_HEIGHT = 560

say, chosen, data = words(), selection(), published()
listing, reading = st.columns([1, 2.6], gap="medium")

with listing:
    search = st.text_input(say("dictionary.search"), placeholder=say("dictionary.search_hint"), key="dictionary_search")
    subjects = [None, *data.ask("subjects")["subject"]]
    subject = st.selectbox(
        say("dictionary.subject"),
        subjects,
        format_func=lambda code: say.of("subject", code) if code else say("dictionary.all_subjects"),
        key="dictionary_subject",
    )
    found = data.ask("catalogue", words=search.strip(), subject=subject)
    if found.empty:
        st.info(say("dictionary.none"))
        st.stop()
    names = dict(zip(found["metric_code"], found[say.name_column], strict=True))
    with st.container(height=LIST_HEIGHT, key="metric_list"):
        code = st.radio(
            say("dictionary.found", count=len(found)),
            list(names),
            format_func=names.get,
            captions=list(names),
            key="dictionary_metric",
        )

metric = data.ask("metric", metric_code=code).iloc[0]
with reading:
    st.html(metric_html(metric, say))
    st.html(formula_html(metric, say))
    recent = data.ask("recent_values", metric_code=code, **chosen.widest)
    if recent.empty:
        st.caption(say("dictionary.no_values"))
    else:
        show(
            trend_figure(recent, recent["grain"].iloc[0], metric["unit"], metric["format"], say("dictionary.recent"), say),
            key="dictionary_recent",
        )
    st.html(thresholds_html(data.ask("metric_targets", metric_code=code), metric, say))
    versions = data.ask("metric_versions", metric_code=code)
    if len(versions) > 1:
        st.html(versions_html(versions, say))
    with st.expander(say("dictionary.governance"), expanded=True):
        st.html(facts_html(governance_facts(metric, say)))
    with st.expander(say("dictionary.sql")):
        st.code(metric["definition_sql"], language="sql", wrap_lines=True)
