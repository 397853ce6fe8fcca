"""The words of `docs/glossary.md` in the texts of metrics: what is said in Chinese is said in English with the glossary's word."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.lints.findings import Finding
from metrics_dictionary.locations import PROJECT_ROOT

CHECK = "glossary_term"
GLOSSARY = PROJECT_ROOT / "docs" / "glossary.md"
HEADER = ["中文", "English", "Also in texts", "Meaning here"]
NO_WORD_NEEDED = "*"


@dataclass(frozen=True)
class Glossary:
    """Chinese terms and, for each, the English forms of which a text that uses it holds one; none where no word is needed."""

    forms: dict[str, tuple[str, ...]]

    @cached_property
    def _any_term(self) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(term) for term in sorted(self.forms, key=len, reverse=True)))

    def terms_in(self, chinese: str) -> list[str]:
        """The terms a text uses; where one holds another (核销日 and 核销), the longer one."""
        return list(dict.fromkeys(self._any_term.findall(chinese)))

    def is_said(self, term: str, english: str) -> bool:
        """Whether a text holds a form of the term; a word may go on (issue: issued, issues) and words in brackets may be missing."""
        forms = self.forms[term]
        return not forms or any(_pattern(form).search(english.lower()) for form in forms)


def term_findings(dictionary: Dictionary, glossary: Glossary) -> list[Finding]:
    """Every metric whose Chinese name or definition uses a term that its English name and definition say in other words."""
    findings = []
    for code, metric in dictionary.catalogue.items():
        governance = metric.governance
        english = f"{governance.name_en}. {governance.definition_en}"
        for term in glossary.terms_in(f"{governance.name_zh}。{governance.definition_zh}"):
            if not glossary.is_said(term, english):
                wanted = "' or '".join(glossary.forms[term])
                fault = f"the Chinese text says {term}, the English one has no '{wanted}'"
                findings.append(Finding(CHECK, code, term, f"metric {code}: {fault}; say so, or add the word to {GLOSSARY.name}"))
    return findings


def read_glossary(path: Path = GLOSSARY) -> Glossary:
    """The terms of every table of the page. Raises MetricsError where a table cannot be read.

    A row holds Chinese terms (、) and English ones (,). As many of both stand for each other in order; otherwise each English
    one will do for each Chinese one. The third column holds further forms: `form, form`, in a row of several terms
    `term: form, form; term: form`, and * for a term that needs no word in English. A term of several rows has the forms of all.
    """
    forms: dict[str, list[str]] = defaultdict(list)
    free = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.startswith("|") or set(line) <= set("|- "):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if cells == HEADER:
            continue
        if len(cells) != len(HEADER):
            raise MetricsError(f"{path.name} line {number}: a row has the columns {', '.join(HEADER)}, not {len(cells)} of them")
        terms, english = cells[0].split("、"), _split(cells[1], ",")
        for position, term in enumerate(terms):
            forms[term] += [english[position]] if len(english) == len(terms) else english
        for term, further in _further_forms(terms, cells[2], f"{path.name} line {number}"):
            free |= {term} if NO_WORD_NEEDED in further else set()
            forms[term] += further
    return Glossary({term: () if term in free else tuple(dict.fromkeys(found)) for term, found in forms.items()})


def _further_forms(terms: list[str], cell: str, place: str) -> list[tuple[str, list[str]]]:
    if cell and len(terms) == 1 and ":" not in cell:
        return [(terms[0], _split(cell, ","))]
    found = []
    for part in _split(cell, ";"):
        term, _, further = part.partition(":")
        if term not in terms or not further.strip():
            raise MetricsError(f"{place}: '{part}' names no term of its row ({', '.join(terms)}); write 'term: form, form'")
        found.append((term, _split(further, ",")))
    return found


def _split(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]


def _pattern(form: str) -> re.Pattern[str]:
    words = re.findall(r"[a-z0-9]+", re.sub(r"\(.*?\)", "", form.lower()))
    stems = [re.sub(r"(?<=\w\w)(?:[ey]|(?<!s)s)$", "", word) for word in words]
    return re.compile(r"\b" + r"\w*\W+".join(stems))
