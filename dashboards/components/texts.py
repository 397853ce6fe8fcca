"""The words of the interface, in the language chosen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from metrics_dictionary.labels import all_labels

TEXTS = Path(__file__).resolve().parent.parent / "texts"
LANGUAGES = {"zh": "中文", "en": "English"}


@cache
def all_texts() -> dict[str, dict[str, str]]:
    """Every text: key to language to words; the dictionary's labels among them.

    Names of metrics, organisations and rules come from the published tables, words for units, owners and other coded governance from
    metrics_dictionary/labels.yml. To add the words of a page, drop a file into `texts/`.
    """
    texts: dict[str, dict[str, str]] = {}
    for file in sorted(TEXTS.glob("*.yml")):
        texts |= yaml.safe_load(file.read_text(encoding="utf-8"))
    return texts | all_labels()


class Words:
    """Looks words up in one language: `words("filter.period")`, `words("header.as_of", date=...)`."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **parts: Any) -> str:
        """The text of a key, its parts filled in. Raises KeyError for a key that is not in the texts."""
        return all_texts()[key][self.language].format(**parts)

    def of(self, group: str, member: Any) -> str:
        """The word for a coded member of a group, such as a unit; the code itself where no word is known."""
        text = all_texts().get(f"{group}.{member}")
        return text[self.language] if text else str(member)

    def in_order(self, group: str, members: Iterable[str]) -> list[str]:
        """The members of a group in the order of the texts; those without words at the end."""
        order = [key.removeprefix(f"{group}.") for key in all_texts() if key.startswith(f"{group}.")]
        return sorted(members, key=lambda member: (order.index(member) if member in order else len(order), member))

    def listed(self, parts: Iterable[str]) -> str:
        """Parts as a list within a sentence."""
        return ("、" if self.language == "zh" else ", ").join(parts)

    def source(self, reference: str) -> str:
        """A list of sources, such as `article 004; S8`, with its plain words in this language and its codes as they are."""
        for key, text in all_texts().items():
            if key.startswith("source."):
                reference = reference.replace(key.removeprefix("source."), text[self.language])
        return reference

    def name(self, row: Any, stem: str = "name") -> str:
        """The name in this language of a row that carries `<stem>_zh` and `<stem>_en`; empty where it has none."""
        found = row[f"{stem}_{self.language}"]
        return "" if found is None or found != found else str(found)

    @property
    def name_column(self) -> str:
        """Column of names in this language."""
        return f"name_{self.language}"
