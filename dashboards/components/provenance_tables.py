"""What stands behind a number, written out for a reader: frame or facts in, HTML out."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import Any

import pandas as pd

from dashboards.components.formatting import format_date, format_period, format_value, is_missing
from dashboards.components.tables import facts_html, table_html
from dashboards.components.texts import Words
from metrics_dictionary.provenance.collecting import Provenance, Run
from metrics_dictionary.provenance.records import Term

SHOWN_FILES = 30
SHORT = 8


def summary_html(found: Provenance, scope: str, say: Words) -> str:
    """The number, and in one sentence what it stands on; whether its records make it, in another. `scope`: the cut in words."""
    value, definition = found.value, found.definition

    def shown(number: float | None) -> str:
        return format_value(number, definition.unit, definition.format, say)

    failed = len(found.failed_checks)
    checks = say("provenance.all_passed" if not failed else "provenance.some_failed", count=len(found.checks), failed=failed)
    waiting = found.open_rows
    quarantined = (
        say("provenance.hidden_open")
        if waiting is None
        else say("provenance.some_open", count=f"{waiting:,}")
        if waiting
        else say("provenance.none_open")
    )
    sentence = say(
        "provenance.sentence",
        files=len(found.files),
        delivered=format_date(found.last_delivery),
        run=found.run.run_id[:SHORT],
        models=_models(found.run, say),
        checks=checks,
        quarantined=quarantined,
    )
    period = f"{format_period(found.place.period_start_date, found.place.grain, say)} · {scope}"
    return (
        f'<div class="zc-card"><div class="zc-note">{escape(period)}</div><div class="zc-value">{escape(shown(value.value))}</div>'
        f"<p>{escape(sentence)}</p><p>{_verdict(found, say)}</p>{facts_html(_value_facts(found, say))}</div>"
    )


def _verdict(found: Provenance, say: Words) -> str:
    behind = found.behind
    if behind.obstacle:
        return escape(say.of("obstacle", behind.obstacle))
    if not behind.reproduces:
        made = format_value(behind.value, found.definition.unit, found.definition.format, say)
        return f'<span class="zc-status red">✕ {escape(say("provenance.differs", count=f"{behind.row_count:,}", made=made))}</span>'
    return f'<span class="zc-status green">✓ {escape(say("provenance.reproduces", count=f"{behind.row_count:,}"))}</span>'


def _value_facts(found: Provenance, say: Words) -> list[tuple[str, str]]:
    value = found.value
    return [
        (say("provenance.numerator"), plain_number(value.numerator)),
        (say("provenance.denominator"), plain_number(value.denominator)),
        (say("provenance.period_state"), say("provenance.complete" if value.is_complete_period else "provenance.running")),
        (say("provenance.trust"), say.of("trust", value.trust)),
        (say("provenance.known_from"), format_date(value.known_from)),
        (say("provenance.first_published"), format_date(value.first_published)),
    ]


def definition_facts(found: Provenance, say: Words) -> list[tuple[str, str]]:
    """Which version of the definition, since when, and its formula over simple metrics."""
    definition = found.definition
    return [
        (say("dictionary.version"), str(definition.version)),
        (say("dictionary.valid_from"), format_date(definition.valid_from)),
        (say("dictionary.change_reason"), say.of("change_reason", definition.change_reason)),
        (say("dictionary.formula"), (definition.formula or "").replace('"', "")),
    ]


def run_facts(found: Provenance, say: Words) -> list[tuple[str, str]]:
    """The run that gave the value first, the commit of its models, and the publication that shows it."""
    run, publication = found.run, found.publication
    return [
        (say("provenance.run_id"), run.run_id),
        (say("provenance.run_status"), say.of("run_status", run.status)),
        (say("provenance.run_times"), f"{_minute(run.started_at)} – {_minute(run.ended_at)} UTC"),
        (say("provenance.commit"), _models(run, say, whole=True)),
        (say("provenance.project"), run.project_hash or ""),
        (say("provenance.publication"), publication.version),
        (say("provenance.as_of"), format_date(publication.as_of_date)),
    ]


def files_html(found: Provenance, say: Words) -> str:
    """Files by entity, then the youngest one by one."""
    entities: dict[str, list] = {}
    for file in found.files:
        entities.setdefault(f"{file.source}/{file.entity}", []).append(file)
    columns = [say(f"provenance.{name}") for name in ("entity", "file_count", "first_delivered", "last_delivered", "rows")]
    rows = [
        [
            name,
            f"{len(files):,}",
            format_date(min(f.delivered_date for f in files)),
            format_date(max(f.delivered_date for f in files)),
            plain_count(None if any(f.rows_loaded is None for f in files) else sum(f.rows_loaded for f in files), say),
        ]
        for name, files in sorted(entities.items())
    ]
    since = f'<p class="zc-note">{escape(say("provenance.files_since", count=found.files_since))}</p>' if found.files_since else ""
    heads = [say(f"provenance.{name}") for name in ("file", "sha256", "delivered", "loaded_at", "by_run", "rows", "quarantined_rows")]
    single = [
        [
            file.file,
            file.sha256[:16],
            format_date(file.delivered_date),
            _minute(file.loaded_at),
            file.run_id[:SHORT],
            plain_count(file.rows_loaded, say),
            plain_count(file.rows_quarantined, say),
        ]
        for file in found.files[:SHOWN_FILES]
    ]
    note = f'<p class="zc-note">{escape(say("provenance.youngest", count=len(single)))}</p>'
    return table_html(columns, rows, frozenset({1, 4})) + since + note + table_html(heads, single, frozenset({5, 6}))


def checks_html(found: Provenance, say: Words) -> str:
    """How many checks gave which result, by layer; those that did not pass, by name."""
    counts = Counter((check.layer, check.status) for check in found.checks)
    columns = [say("provenance.layer"), say("provenance.result"), say("provenance.check_count")]
    rows = [[say.of("check_layer", layer), say.of("check_status", status), f"{n:,}"] for (layer, status), n in sorted(counts.items())]
    failed = [
        [
            check.table_name,
            check.column_name or "",
            check.expectation,
            say.of("check_status", check.status),
            plain_count(check.rows_failing, say),
        ]
        for check in found.failed_checks
    ]
    names = [say(f"provenance.{name}") for name in ("table", "column", "check", "result", "rows")]
    return table_html(columns, rows, frozenset({2})) + ("<br>" + table_html(names, failed, frozenset({4})) if failed else "")


def quarantine_html(found: Provenance, say: Words) -> str:
    """Rows of the metric's sources that broke a rule, and what became of them."""
    if not found.quarantine:
        return f'<p class="zc-note">{escape(say("provenance.no_quarantine"))}</p>'
    columns = [say(f"provenance.{name}") for name in ("entity", "column", "rule", "result", "rows")]
    rows = [
        [
            f"{q.source}/{q.entity}",
            q.column_name or "",
            say.of("quarantine_rule", q.rule),
            say.of("quarantine_status", q.status),
            plain_count(q.row_count, say),
        ]
        for q in found.quarantine
    ]
    return table_html(columns, rows, frozenset({4}))


def sides_of(term: Term, say: Words) -> str:
    """Where a term stands in the formula, in words."""
    return ("、" if say.language == "zh" else ", ").join(say(f"provenance.{side}") for side in term.mart.sides)


def obstacle_note(term: Term, say: Words) -> str:
    """Why the rows shown are those of an aggregate although finer records are published; empty where they are the finest."""
    if not term.facts or term.records:
        return ""
    why = say.of("obstacle", term.obstacle)
    return say("provenance.finer", facts=", ".join(term.facts), why=why)


def records_html(rows: pd.DataFrame, say: Words) -> str:
    """Records as a table: known columns by their words, the others by their code."""
    numeric = frozenset(place for place, name in enumerate(rows.columns) if name.endswith(("_amount", "_count", "contribution")))
    columns = [say.of("column", name) for name in rows.columns]
    return table_html(columns, [[_cell(value, say) for value in row] for row in rows.itertuples(index=False)], numeric)


def _cell(value: Any, say: Words) -> str:
    if is_missing(value) or value is pd.NaT:
        return ""
    if isinstance(value, bool):
        return say("provenance.yes" if value else "provenance.no")
    if isinstance(value, str):
        return value
    return format_date(value) if hasattr(value, "year") else plain_number(float(value))


def _models(run: Run, say: Words, whole: bool = False) -> str:
    if run.git_commit is None:
        return say("provenance.no_commit")
    commit = run.git_commit.removesuffix("+")
    shown = commit if whole else commit[:SHORT]
    return say("provenance.working_copy" if run.is_working_copy else "provenance.of_commit", commit=shown)


def plain_number(value: float | None) -> str:
    """A number as it is, to four digits after the point; nothing where there is none."""
    if is_missing(value):
        return ""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4f}".rstrip("0")


def plain_count(count: int | None, say: Words) -> str:
    """A count, or the word for one that the role may not see."""
    return say("provenance.hidden") if count is None or is_missing(count) else f"{count:,}"


def _minute(moment: Any) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M}"
