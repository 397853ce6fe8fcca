"""A metric of the dictionary, written out for a reader: definition, formula, thresholds, governance."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import pandas as pd

from dashboards.components.formatting import format_date, format_value, is_missing
from dashboards.components.tables import facts_html, table_html
from dashboards.components.texts import Words


def metric_html(metric: pd.Series, words: Words) -> str:
    """Name, code and definition; the other language can be opened below, because a definition is agreed in both."""
    other = Words("en" if words.language == "zh" else "zh")
    translation = f"<b>{escape(other.name(metric))}</b> {escape(other.name(metric, 'definition'))}"
    return (
        f'<div class="zc-card"><h3>{escape(words.name(metric))}</h3><code>{escape(metric["metric_code"])}</code>'
        f"<p>{escape(words.name(metric, 'definition'))}</p>"
        f'<details class="zc-note"><summary>{escape(words("dictionary.other_language"))}</summary>'
        f'<p lang="{other.language}">{translation}</p></details></div>'
    )


def formula_html(metric: pd.Series, words: Words) -> str:
    """Unit, direction and periods, and the formula: numerator over denominator, or how the measure adds up."""
    facts = [
        (words("dictionary.unit"), words.of("unit", metric["unit"])),
        (words("dictionary.direction"), words.of("direction", metric["direction"])),
        (words("dictionary.additivity"), words.of("additivity", metric["additivity"])),
        (words("dictionary.dimensions"), _listed(metric["dimensions"], "dimension", words)),
        (words("dictionary.grains"), _listed(metric["grains"], "grain", words)),
        (words("dictionary.parameters"), _parameters(metric["parameters"])),
    ]
    over = "" if is_missing(metric["denominator"]) else f"<i></i><code>{escape(str(metric['denominator']))}</code>"
    under = "" if is_missing(metric["numerator"]) else f"<code>{escape(str(metric['numerator']))}</code>"
    formula = f'<p class="zc-formula">{under}{over}</p>' if under else ""
    return f'<div class="zc-card"><b>{escape(words("dictionary.formula"))}</b><br>{formula}{facts_html(facts)}</div>'


def governance_facts(metric: pd.Series, words: Words) -> list[tuple[str, str]]:
    """Who answers for it, since when, and what it rests on."""
    end = words("dictionary.open_end") if is_missing(metric["valid_to"]) else format_date(metric["valid_to"])
    return [
        (words("dictionary.owner"), words.of("people", metric["owner"])),
        (words("dictionary.steward"), words.of("people", metric["steward"])),
        (words("dictionary.version"), str(metric["version"])),
        (words("dictionary.valid_from"), format_date(metric["valid_from"])),
        (words("dictionary.valid_to"), end),
        (words("dictionary.change_reason"), words.of("change_reason", metric["change_reason"])),
        (words("dictionary.source"), words.source(metric["source_reference"])),
        (words("dictionary.evidence"), words.of("evidence", metric["evidence_level"])),
        (words("dictionary.evaluation"), words.of("evaluation", metric["evaluation"])),
        (words("dictionary.angle"), words.of("angle", metric["angle"])),
        (words("dictionary.tolerance"), f"{metric['tolerance']:g}"),
    ]


def thresholds_html(targets: pd.DataFrame, metric: pd.Series, words: Words) -> str:
    """Targets and bounds as a table, newest first, or a sentence when there are none."""
    if targets.empty:
        return f'<div class="zc-note">{escape(words("dictionary.no_thresholds"))}</div>'

    def shown(value: Any) -> str:
        return format_value(value, metric["unit"], metric["format"], words)

    columns = [words(f"threshold.{name}") for name in ("organisation", "grain", "target", "amber", "red", "kind", "source", "valid_from")]
    everywhere = words("threshold.everywhere")
    rows = [
        [
            everywhere if is_missing(row["organisation_code"]) else row["organisation_code"],
            everywhere if is_missing(row["grain"]) else words.of("grain", row["grain"]),
            shown(row["target_value"]),
            shown(row["amber_value"]),
            shown(row["red_value"]),
            words.of("target_kind", row["kind"]),
            row["source"],
            format_date(row["valid_from"]),
        ]
        for _, row in targets.iterrows()
    ]
    return f'<div class="zc-section"><h2>{escape(words("dictionary.thresholds"))}</h2></div>' + table_html(
        columns, rows, frozenset({2, 3, 4})
    )


def versions_html(versions: pd.DataFrame, words: Words) -> str:
    """Since when each version of the definition holds, and why it was changed."""
    columns = [words(f"dictionary.{name}") for name in ("version", "valid_from", "valid_to", "change_reason", "definition")]
    rows = [
        [
            str(row["version"]),
            format_date(row["valid_from"]),
            words("dictionary.open_end") if is_missing(row["valid_to"]) else format_date(row["valid_to"]),
            words.of("change_reason", row["change_reason"]),
            words.name(row, "definition"),
        ]
        for _, row in versions.iterrows()
    ]
    return f'<div class="zc-section"><h2>{escape(words("dictionary.versions"))}</h2></div>' + table_html(columns, rows)


def earlier_values_html(earlier: pd.DataFrame, metric: pd.Series, words: Words) -> str:
    """What was published for the period before, until when, why it was replaced and who accepted that. `earlier`: as asked."""
    columns = [words(f"restated.{name}") for name in ("value", "known_to", "cause", "accepted")]
    rows = [
        [
            format_value(row["value"], metric["unit"], metric["format"], words),
            format_date(row["known_to"]),
            words("restated.running") if is_missing(row["cause"]) else words.of("cause", row["cause"]),
            words("restated.open") if is_missing(row["accepted_by"]) else f"{row['accepted_by']} · {row['accepted_reason']}",
        ]
        for _, row in earlier.iterrows()
    ]
    return f'<div class="zc-section"><h2>{escape(words("restated.title"))}</h2></div>' + table_html(columns, rows, frozenset({0}))


def _listed(members: Any, group: str, words: Words) -> str:
    return words.listed(words.of(group, member) for member in members)


def _parameters(parameters: Any) -> str:
    known = json.loads(parameters) if isinstance(parameters, str) else parameters or {}
    return ", ".join(f"{name} = {value}" for name, value in known.items())
