"""What the person looking has chosen, and the publication shown; kept in Streamlit's session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from dashboards.components.texts import Words
from dashboards.published import PublishedData


@dataclass(frozen=True)
class Selection:
    """The period and the cut shown; a missing code means all. `company_code` is the organisation's company.

    `known_on` is the earlier day whose picture is shown, `asked_period` the period wanted that it does not hold complete.
    """

    grain: str
    period_start_date: date
    is_complete_period: bool
    organisation_code: str | None = None
    company_code: str | None = None
    channel_code: str | None = None
    product_code: str | None = None
    known_on: date | None = None
    asked_period: date | None = None

    @property
    def organisation_part(self) -> str | None:
        """`company`, `organisation` or nothing, as dimension sets name it."""
        if self.organisation_code is None:
            return None
        return "company" if self.organisation_code == self.company_code else "organisation"

    @property
    def period(self) -> dict[str, Any]:
        """Parameters of the period."""
        return {"grain": self.grain, "period_start_date": self.period_start_date}

    @property
    def cut(self) -> dict[str, Any]:
        """Parameters of questions about the period and cut shown."""
        return self.period | {
            "dimension_set": dimension_set(self.organisation_part, self.channel_code, self.product_code),
            "organisation_code": self.organisation_code,
            "channel_code": self.channel_code,
            "product_code": self.product_code,
        }

    @property
    def widest(self) -> dict[str, Any]:
        """Parameters of the organisation chosen, all channels and products."""
        return {
            "dimension_set": dimension_set(self.organisation_part, None, None),
            "organisation_code": self.organisation_code,
        }

    def split_by_organisation(self, company_code: str | None) -> dict[str, Any]:
        """Parameters of questions about companies, or about the organisations of one company."""
        part = "organisation" if company_code else "company"
        return self.period | {
            "dimension_set": dimension_set(part, self.channel_code, self.product_code),
            "company_code": company_code,
            "channel_code": self.channel_code,
            "product_code": self.product_code,
        }

    def split_by(self, member: str) -> dict[str, Any]:
        """Parameters of questions about the members of `channel` or `product`; a filter on it is set aside."""
        chosen = replace(self, **{f"{member}_code": None}).cut
        chosen.pop(f"{member}_code")
        channel, product = (True, self.product_code) if member == "channel" else (self.channel_code, True)
        return chosen | {"dimension_set": dimension_set(self.organisation_part, channel, product)}


def dimension_set(organisation_part: str | None, channel: Any, product: Any) -> str:
    """Name of a dimension set: the parts present, in the published order, joined by `+`."""
    parts = [organisation_part, "channel" if channel else None, "product" if product else None]
    return "+".join(part for part in parts if part) or "total"


def words() -> Words:
    """Words in the language chosen."""
    return Words(st.session_state["language"])


def published() -> PublishedData:
    """The publication this run shows, as known on the day chosen."""
    return st.session_state["published"].as_known_on(selection().known_on)


def selection() -> Selection:
    """The period and cut chosen."""
    return st.session_state["selection"]


def may_see(subject: str) -> bool:
    """Whether the role sees a subject; if not, says so on the page."""
    if published().rule.sees(subject):
        return True
    st.info(words()("error.no_access"), icon=":material/lock:")
    return False
