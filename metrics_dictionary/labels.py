"""The words for coded governance, such as units and owners. To add one, add a line to labels.yml; cockpit and exports share it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

LABELS = Path(__file__).with_name("labels.yml")


@cache
def all_labels() -> dict[str, dict[str, str]]:
    """Every label: `<group>.<code>` to language (zh, en) to words."""
    return yaml.safe_load(LABELS.read_text(encoding="utf-8"))


def label(group: str, code: str, language: str) -> str:
    """The words for a code of a group; the code itself where there are none."""
    words = all_labels().get(f"{group}.{code}")
    return words[language] if words else code
