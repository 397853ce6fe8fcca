"""The words of the interface, in the language chosen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from metrics_dictionary.labels import all_labels

TEXTS = Path(__file__).resolve().parent.parent / "texts.yml"
LANGUAGES = {"zh": "中文", "en": "English"}


@cache
def all_texts() -> dict[str, dict[str, str]]:
    """Every text: key to language to words; the dictionary's labels among them."""
    return yaml.safe_load(TEXTS.read_text(encoding="utf-8")) | all_labels()


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

    def listed(self, items: Iterable[str]) -> str:
        """Items one after the other."""
        return ("、" if self.language == "zh" else ", ").join(items)

    @property
    def name_column(self) -> str:
        """Column of names in this language."""
        return f"name_{self.language}"
