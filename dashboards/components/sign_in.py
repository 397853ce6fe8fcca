"""Who is looking, and as which role. Sign-in is Streamlit's own; without it only this machine is served."""

from __future__ import annotations

import os
from ipaddress import ip_address

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from dashboards.components.texts import Words
from dashboards.published import PublishedDataError

DEFAULT_ROLE = "executive"


def is_sign_in_configured() -> bool:
    """Whether Streamlit's secrets hold an `[auth]` section."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def role_of_visitor(words: Words) -> str:
    """The role of whoever looks: the token's claim `ZHICANG_ROLE_CLAIM` after sign-in, else `ZHICANG_ROLE` on loopback.

    Stops the page at the sign-in button. Raises PublishedDataError (`remote`) for a visitor from elsewhere without it.
    """
    if not is_sign_in_configured():
        visitor = st.context.ip_address
        if isinstance(visitor, str) and not ip_address(visitor).is_loopback:
            raise PublishedDataError("remote", visitor)
        return os.environ.get("ZHICANG_ROLE", DEFAULT_ROLE)
    if not st.user.is_logged_in:
        st.header(words("sign_in.title"))
        st.button(words("sign_in.button"), on_click=st.login, type="primary")
        st.stop()
    with st.sidebar:
        st.button(words("sign_in.out"), on_click=st.logout, width="stretch")
    claim = st.user.get(os.environ.get("ZHICANG_ROLE_CLAIM", "role"))
    return str(claim[0] if isinstance(claim, list) and claim else claim or "")
