"""No two metrics mean the same: metrics computed alike, and metrics whose names or definitions say nearly the same."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import duckdb
from rapidfuzz import fuzz

from metrics_dictionary.definitions import Dictionary, Metric
from metrics_dictionary.formulas import Formula, Term, formula_of, parsed
from metrics_dictionary.lints.findings import ACCEPTED, Finding

CHECK = "same_meaning"
TEXTS = ("name_zh", "name_en", "definition_zh", "definition_en")
NEARLY_EQUAL = 92
"""Of 100. In the 42,486 pairs of 292 metrics, the closest definitions of different families are at 89.0 (comprehensive_ and
core_solvency_ratio in English), the closest names at 82.4, while in 156 pairs of variants the definitions, which differ by one
parameter only (persistency of the 25th and the 37th month), lie above 92."""

DRAWS = 8
"""One draw took the share of the largest of six channels for that of the online channel; eight do so once in 1.7 million."""


def meaning_findings(dictionary: Dictionary) -> list[Finding]:
    """Every pair of catalogue metrics that is computed alike or says (nearly) the same."""
    return [*computed_alike(dictionary), *said_alike(dictionary)]


def are_variants(code: str, other: str) -> bool:
    """Whether two codes are one metric with another parameter: one continues the other, or they differ in one run of words.

    Words at the beginning must agree, and two or more in all: `vintage_90plus` and `vintage_90plus_mob6`,
    `claim_1d_closing_rate` and `claim_5d_closing_rate`; not `core_solvency_ratio` and `comprehensive_solvency_ratio`.
    """
    short, long = sorted((code.split("_"), other.split("_")), key=len)
    at_start = _common(short, long)
    at_end = _common(short[at_start:][::-1], long[at_start:][::-1])
    return at_start == len(short) or (at_start >= 1 and at_start + at_end >= 2)


def _common(words: list[str], others: list[str]) -> int:
    return next((n for n, (word, other) in enumerate(zip(words, others, strict=False)) if word != other), len(words))


def _pair(code: str, other: str, fault: str) -> Finding:
    remedy = f"say in both languages what differs, or delete one, or give a reason in {ACCEPTED.name}"
    return Finding(CHECK, code, other, f"metric {code}: {fault}; {remedy}")


def said_alike(dictionary: Dictionary) -> Iterator[Finding]:
    """Pairs with a name or definition in common, or, of metrics that are no variants, a nearly equal one."""
    texts = {code: [_normalised(getattr(metric.governance, text)) for text in TEXTS] for code, metric in dictionary.catalogue.items()}
    for code, other in combinations(texts, 2):
        least = 100 if are_variants(code, other) else NEARLY_EQUAL
        for text, mine, theirs in zip(TEXTS, texts[code], texts[other], strict=True):
            closeness = fuzz.ratio(mine, theirs, score_cutoff=least)
            if closeness:
                likeness = "is that" if closeness == 100 else f"is nearly that ({closeness:.0f} of 100)"
                yield _pair(code, other, f"config.meta.{text} {likeness} of {other}")
                break


def _normalised(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def computed_alike(dictionary: Dictionary) -> Iterator[Finding]:
    """Pairs whose formulas are equal over equal terms; without a formula, those made of the same parts."""
    first: dict[str, str] = {}
    with duckdb.connect() as connection:
        for code, metric in dictionary.catalogue.items():
            formula = formula_of(metric, dictionary)
            meaning = _fingerprint(formula, dictionary, connection) if formula else json.dumps(_structure(metric, dictionary))
            other = first.setdefault(meaning, code)
            if other != code:
                yield _pair(other, code, f"is computed exactly as {code}")


def _fingerprint(formula: Formula, dictionary: Dictionary, connection: duckdb.DuckDBPyConnection) -> str:
    """The formula's values where every term is a number drawn from what the term is, for some draws.

    Formulas that are equal as functions agree whatever their spelling, and others do not: 1 - a / b is (b - a) / b, and
    the greatest of six terms is one of them in one draw, not in all.
    """
    identities = [_identity(term, dictionary) for term in formula.terms]
    draws = ", ".join(f"({', '.join(f'cast({_number(identity, draw)} as double)' for identity in identities)})" for draw in range(DRAWS))
    columns = ", ".join(term.column for term in formula.terms)
    values = connection.execute(f"select {formula.value} from (values {draws}) as drawn ({columns})").fetchall()
    return " ".join(f"{value:.9g}" for (value,) in values)


def _number(identity: list[Any], draw: int) -> float:
    digest = hashlib.sha256(json.dumps([*identity, draw], sort_keys=True).encode()).digest()
    return 1 + int.from_bytes(digest[:6]) / 2**48


def _identity(term: Term, dictionary: Dictionary) -> list[Any]:
    component = term.component
    measure = dictionary.metrics[component.name].type_params["measure"]["name"]
    return [*_measure(measure, dictionary), _condition(component.filter), term.window_start, term.shift]


def _measure(name: str, dictionary: Dictionary) -> list[Any]:
    measure = dictionary.measures[name]
    expression = parsed(measure.expression, f"measure {name}").sql(dialect="duckdb", normalize=True)
    return [measure.semantic_model, measure.time_column, measure.aggregation, measure.quantile, measure.snapshot, expression]


def _condition(text: str | None) -> str:
    return " ".join((text or "").lower().split())


def _structure(metric: Metric, dictionary: Dictionary) -> list[Any]:
    """What a metric without a formula is made of, names of its parts replaced by what they are."""
    measure = (metric.type_params.get("measure") or {}).get("name")
    parts = [
        [part.get("alias"), part.get("filter"), part.get("offset_window"), _structure(dictionary.metrics[part["name"]], dictionary)]
        for part in metric.input_metrics
    ]
    settings = [metric.type_params.get(key) for key in ("expr", "window", "grain_to_date", "cumulative_type_params")]
    own = _measure(measure, dictionary) if measure else []
    return [metric.kind, _condition(metric.filter), own, parts, settings]
