"""Every word exists in both languages, and every word the code asks for exists."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import yaml

from dashboards.components.texts import LANGUAGES, TEXTS, all_texts
from metrics_dictionary.governance import Angle, Direction, EvidenceLevel, Unit
from metrics_dictionary.locations import PROJECT_ROOT

CODE = PROJECT_ROOT / "dashboards"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
LITERAL_KEY = re.compile(r"""\b(?:words|say)(?:\(\))?\(\s*["']([\w.~ ]+)["']""")
DEFINITIONS = PROJECT_ROOT / "metrics_dictionary" / "definitions"


@pytest.mark.parametrize("key", sorted(all_texts()))
def test_a_text_stands_in_both_languages_with_the_same_parts(key: str) -> None:
    text = all_texts()[key]
    assert set(text) == set(LANGUAGES)
    assert all(words.strip() for words in text.values())
    assert set(PLACEHOLDER.findall(text["zh"])) == set(PLACEHOLDER.findall(text["en"]))
    assert not re.search(r"[\u4e00-\u9fff]", text["en"]), f"{key} holds Chinese in English"


def test_no_text_stands_twice() -> None:
    lines = [line for file in TEXTS.glob("*.yml") for line in file.read_text(encoding="utf-8").splitlines()]
    keys = Counter(line.partition(": ")[0] for line in lines if line[:1].isalpha())
    assert len(keys) > 400
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_text_the_code_names_exists() -> None:
    named = {key for file in CODE.rglob("*.py") for key in LITERAL_KEY.findall(file.read_text(encoding="utf-8"))}
    assert len(named) > 80
    assert named - set(all_texts()) == set()


def test_no_text_is_left_over() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in CODE.rglob("*.py"))
    groups = set(re.findall(r"""\bof\(\s*["'](\w+)["']""", code)) | set(re.findall(r"""f["'](\w+)\.\{""", code))
    groups |= set(re.findall(r"""_listed\(metric\["\w+"\], "(\w+)\"""", code))
    groups |= {"source"}
    left = {key for key in all_texts() if f'"{key}"' not in code and f"'{key}'" not in code}
    assert {key for key in left if key.split(".")[0] not in groups} == set()


@pytest.mark.parametrize(("group", "members"), [("unit", Unit), ("direction", Direction), ("evidence", EvidenceLevel), ("angle", Angle)])
def test_every_coded_member_of_the_catalogue_has_a_word(group: str, members: object) -> None:
    assert {f"{group}.{member}" for member in members.__args__} - set(all_texts()) == set()


def test_everybody_who_answers_for_a_metric_has_a_name_in_both_languages() -> None:
    missing = set()
    for file in DEFINITIONS.rglob("*.yml"):
        for metric in yaml.safe_load(file.read_text(encoding="utf-8")).get("metrics", []):
            meta = metric.get("config", {}).get("meta", {})
            named = {f"people.{meta[role]}" for role in ("owner", "steward") if role in meta}
            named |= {f"change_reason.{meta['change_reason']}"} if "change_reason" in meta else set()
            missing |= {f"{file.name}: {key}" for key in named - set(all_texts())}
    assert missing == set(), "add these keys to metrics_dictionary/labels.yml"
