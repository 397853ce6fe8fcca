"""Reads what a page shows, as text."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

CODES = re.compile(r"<(code|details)\b.*?</\1>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


def html_of(app: AppTest) -> str:
    """All HTML blocks of the page, style sheets left out."""
    return "\n".join(block.proto.body for block in app.get("html") if "<style" not in block.proto.body)


def words_of(app: AppTest) -> str:
    """All words of the page that are not codes: HTML blocks, captions, labels of inputs and buttons, messages."""
    texts = [TAGS.sub(" ", CODES.sub(" ", html_of(app)))]
    for kind in ("caption", "markdown", "info", "success", "warning", "error"):
        texts += [element.value for element in app.get(kind)]
    for kind in ("selectbox", "text_input", "radio", "button", "select_slider", "download_button", "expander"):
        texts += [str(getattr(element, "label", "")) for element in app.get(kind)]
    for element in app.get("selectbox"):
        texts += element.options
    return "\n".join(texts)
