"""Where the number shown comes from, in place of the metric's charts: a sentence, the records behind it, and what they stand on."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboards.components.header import section
from dashboards.components.provenance_tables import (
    checks_html,
    definition_facts,
    files_html,
    obstacle_note,
    plain_count,
    plain_number,
    quarantine_html,
    records_html,
    run_facts,
    sides_of,
    summary_html,
)
from dashboards.components.session import published, selection, words
from dashboards.components.tables import facts_html
from dashboards.components.texts import Words
from dashboards.published import PublishedDataError
from metrics_dictionary.provenance.collecting import Provenance
from metrics_dictionary.provenance.places import Place, place_of
from metrics_dictionary.provenance.records import Source

OPENED = "provenance_of"
SHOWN_RECORDS = 20


def offer_provenance(code: str) -> None:
    """The button that opens the panel in place of the metric's charts."""
    st.button(
        words()("provenance.open"), icon=":material/account_tree:", key="provenance_open", on_click=_open, args=(code,), width="stretch"
    )


def close_provenance() -> None:
    """Show the metric again."""
    st.session_state.pop(OPENED, None)


def _open(code: str) -> None:
    st.session_state[OPENED] = code


def show_provenance(code: str) -> bool:
    """The panel of the number shown for a metric, if it was asked for."""
    if st.session_state.get(OPENED) != code:
        return False
    say, data = words(), published()
    st.button(say("provenance.back"), icon=":material/arrow_back:", key="provenance_back", on_click=close_provenance)
    try:
        found = data.provenance(_place(code))
    except PublishedDataError as error:
        st.warning(say(f"error.{error.reason}"), icon=":material/info:")
        return True
    st.html(summary_html(found, _scope(found.place, say), say))
    with st.expander(say("provenance.records"), expanded=True, icon=":material/table_rows:"):
        _records(found, say)
    with st.expander(say("provenance.definition"), icon=":material/function:"):
        st.html(f"<p>{escape(say.name(vars(found.definition), 'definition'))}</p>")
        st.html(facts_html(definition_facts(found, say)))
        st.caption(say("dictionary.sql"))
        st.code(found.definition.definition_sql, language="sql", wrap_lines=True)
    with st.expander(say("provenance.run"), icon=":material/conversion_path:"):
        st.html(facts_html(run_facts(found, say)))
    with st.expander(say("provenance.files", count=len(found.files)), icon=":material/description:"):
        st.html(files_html(found, say))
    with st.expander(say("provenance.checks", count=len(found.checks)), icon=":material/verified:"):
        st.html(checks_html(found, say))
    with st.expander(say("provenance.quarantine", count=plain_count(found.open_rows, say)), icon=":material/block:"):
        st.html(quarantine_html(found, say))
    return True


def _place(code: str) -> Place:
    chosen = selection()
    members = [
        (chosen.organisation_part or "organisation", chosen.organisation_code),
        ("channel", chosen.channel_code),
        ("product", chosen.product_code),
    ]
    return place_of(code, chosen.grain, chosen.period_start_date, members)


def _scope(place: Place, say: Words) -> str:
    """The members of the cut by name, or that it is everything."""
    data = published()
    names = {row["organisation_code"]: say.name(row, "organisation_name") for _, row in data.ask("organisations").iterrows()}
    for question in ("channels", "products"):
        members = data.ask(question)
        names |= dict(zip(members["member_code"], members[say.name_column], strict=True))
    return " · ".join(names.get(code, code) for _, code in place.members) or say("filter.all_organisations")


def _records(found: Provenance, say: Words) -> None:
    if not published().rule.may_drill:
        st.info(say("provenance.no_drill"), icon=":material/lock:")
        return
    for number, term in enumerate(found.behind.terms):
        section(sides_of(term, say), term.mart.term)
        note = obstacle_note(term, say)
        if note:
            st.caption(note)
        for place, source in enumerate(term.shown):
            _source(source, f"{number}_{place}", say)


def _source(source: Source, key: str, say: Words) -> None:
    data = published()
    rows = data.records(source, SHOWN_RECORDS)
    st.caption(
        say("provenance.rows_of", shown=len(rows), count=f"{source.row_count:,}", table=source.table_name, total=plain_number(source.total))
    )
    if rows.empty:
        return
    st.html(records_html(rows, say))
    if data.rule.may_export:
        st.download_button(
            say("provenance.download"),
            lambda: data.export_records(source),
            file_name=f"{source.term.replace(' ', '_')}.csv",
            mime="text/csv",
            icon=":material/download:",
            key=f"provenance_download_{key}",
        )
