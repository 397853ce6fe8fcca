"""Zhicang's cockpit: navigation, session, language and the filters every page shares."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import streamlit as st

from dashboards.components.filters import choose_language, choose_selection
from dashboards.components.header import scope_html, strip_html
from dashboards.components.known import KEPT_BY_NO_DAY, banner_html
from dashboards.components.sign_in import is_sign_in_configured, role_of_visitor
from dashboards.components.texts import Words
from dashboards.published import PublishedData, PublishedDataError, open_published

LOGGER = logging.getLogger(__name__)
HERE = Path(__file__).parent
PAGES = {
    "cockpit": ":material/speed:",
    "dictionary": ":material/menu_book:",
    "lineage": ":material/account_tree:",
    "compliance": ":material/gavel:",
    "credit": ":material/credit_score:",
}
DEFAULT_PAGE = "cockpit"
LOOK_FOR_NEW_EVERY = os.environ.get("ZHICANG_REFRESH", "60s")


def main() -> None:
    """Draw the page chosen; whatever keeps data from being shown is said kindly, never as a trace."""
    st.set_page_config(page_title="智舱 Zhicang", page_icon=":material/speed:", layout="wide")
    st.html(HERE / "components" / "style.css")
    words = choose_language()
    page = st.navigation(
        [
            st.Page(HERE / "app_pages" / f"{name}.py", title=words(f"page.{name}"), icon=icon, default=name == DEFAULT_PAGE)
            for name, icon in PAGES.items()
        ],
        position="top",
    )
    try:
        role = role_of_visitor(words)
        data = open_published(role)
        st.session_state["published"] = data
        if prepare(words, data, page.url_path or DEFAULT_PAGE):
            page.run()
        follow_publications(role)
    except PublishedDataError as error:
        apologise(words, error)
    except Exception as error:
        LOGGER.exception("page %s failed", page.title)
        apologise(words, PublishedDataError("internal", f"{page.title}, {type(error).__name__}"))


def prepare(words: Words, data: PublishedData, page: str) -> bool:
    """Filters, header and, for an earlier day, the banner; whether there is a period to show."""
    rule = data.rule
    organisations, channels, products = data.ask("organisations"), data.ask("channels"), data.ask("products")
    chosen = choose_selection(words, data, organisations, channels, products)
    if chosen is None:
        st.info(words("cockpit.no_values"))
        return False
    st.session_state["selection"] = chosen
    names = {row["organisation_code"]: words.name(row, "organisation_name") for _, row in organisations.iterrows()}
    for members in (channels, products):
        names |= dict(zip(members["member_code"], members[words.name_column], strict=True))
    publication, trust = data.publication(), data.ask("trust_summary", **chosen.cut)
    strip_day = None if page in KEPT_BY_NO_DAY else chosen.known_on
    st.html(strip_html(words, publication, strip_day, trust, is_sign_in_configured(), rule.role))
    if chosen.known_on is not None:
        differences = data.as_known_on(chosen.known_on).ask("differences", **chosen.cut) if page == DEFAULT_PAGE else None
        st.html(banner_html(words, page, chosen, publication["as_of_date"], differences))
    st.html(scope_html(words, chosen, names))
    return True


@st.fragment(run_every=LOOK_FOR_NEW_EVERY)
def follow_publications(role: str) -> None:
    """An open page turns to a new publication by itself."""
    if open_published(role) is not st.session_state["published"]:
        st.rerun(scope="app")


def apologise(words: Words, error: PublishedDataError) -> None:
    """Say what is missing, where, and what to do."""
    st.warning(f"**{words('error.title')}**\n\n{words(f'error.{error.reason}')}", icon=":material/info:")
    st.caption(words("error.where", where=error.where))


main()
