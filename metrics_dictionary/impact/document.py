"""The content of an impact report, once for all surfaces: headings, sentences and tables, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from metrics_dictionary.impact.comparing import ValueRow
from metrics_dictionary.impact.findings import Impact, MetricImpact, Side, Verdict
from metrics_dictionary.impact.rows import RowChange
from metrics_dictionary.impact.words import Words, number, signed

LISTED = 12


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Text:
    """A sentence or two."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows of words under their headings; the columns from `first_number` on hold numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Code:
    """SQL."""

    text: str


@dataclass(frozen=True)
class Detail:
    """Blocks that are shown on demand, under a summary."""

    summary: str
    blocks: tuple[Block, ...]


Block = Heading | Text | Table | Code | Detail


def document(impact: Impact, language: str, detailed_metrics: int | None = None) -> list[Block]:
    """The report; only the first `detailed_metrics` moved metrics with their periods and segments, all when None."""
    words = Words(language)
    blocks: list[Block] = [
        Heading(words("title", before=impact.before.label, after=impact.after.label), 1),
        Text(f"**{_outcome(impact, words)}**{words('full_stop')}{_counts(impact, words)}"),
        Text(_proof(impact, words)),
    ]
    telling = [m for m in impact.metrics if m.verdict is not Verdict.UNCHANGED or m.comparison.moved_by_data or m.definition]
    if telling:
        blocks += [Heading(words("metrics")), _metrics_table(telling, impact, words)]
    blocks += _changes(impact, words)
    blocks += _rows(impact, words)
    blocks += _loads(impact, words)
    shown = telling if detailed_metrics is None else telling[:detailed_metrics]
    for metric in shown:
        details = tuple(_details(metric, impact, words))
        if details:
            blocks.append(Detail(f"{words.name(metric)} · {metric.code} · {words.unit(metric)}", details))
    if len(shown) < len(telling):
        blocks.append(Text(words("more_in_html", count=len(telling) - len(shown))))
    return blocks + list(_method(impact, words))


def _outcome(impact: Impact, words: Words) -> str:
    if impact.stopping:
        return words("stops" if len(impact.stopping) > 1 else "stops_one", stopping=len(impact.stopping))
    accepted = [m.code for m in impact.metrics if m.verdict in {Verdict.REMOVED, Verdict.BEYOND}]
    return words("passes_accepted", accepted=words.listed(accepted)) if accepted else words("passes")


def _counts(impact: Impact, words: Words) -> str:
    found = Counter(metric.verdict for metric in impact.metrics)
    parts = [f"{found[verdict]} {words(f'verdict.{verdict}')}" for verdict in Verdict if found[verdict]]
    unreached = impact.metric_count - len(impact.metrics)
    if unreached:
        parts.append(words("unreached", count=unreached))
    return words("counts", total=impact.metric_count, list=words.listed(parts))


def _proof(impact: Impact, words: Words) -> str:
    rewritten = sum(change.is_rewritten for change in impact.changes.values())
    sentences = [
        words(
            "proof",
            models=impact.model_count,
            changed=len(impact.changes) - rewritten,
            rewritten=rewritten,
            redefined=impact.redefined_count,
        )
    ]
    for key, is_same in (("rewritten_proof", True), ("rewritten_differs", False)):
        tables = [words("row_count", table=r.table, count=f"{r.rows_after:,}") for r in impact.rewritten if r.is_same is is_same]
        if tables:
            sentences.append(words(key, tables=words.listed(tables)))
    return " ".join(sentences)


def _metrics_table(telling: list[MetricImpact], impact: Impact, words: Words) -> Table:
    with_data = impact.is_moved_by_data
    names = ["metric", "verdict_column", "where", *(["published", "data_effect"] if with_data else [])]
    names += [
        "before",
        "after",
        "code_effect",
        *(["total_effect"] if with_data else []),
        "tolerance",
        "values_moved",
        "definition",
        "cause",
    ]
    texts = {"metric", "verdict_column", "where", "definition", "cause"}
    numbers = frozenset(place for place, name in enumerate(names) if name not in texts)
    return Table(tuple(map(words, names)), tuple(_metric_row(m, impact, words) for m in telling), numbers)


def _metric_row(metric: MetricImpact, impact: Impact, words: Words) -> tuple[str, ...]:
    row, comparison = metric.comparison.headline, metric.comparison
    verdict = words(f"verdict.{metric.verdict}") + (words("accepted") if metric.code in impact.accepted else "")
    moved = words("moved_of", moved=f"{comparison.moved:,}", all=f"{max(comparison.values_before, comparison.values_after):,}")
    files = [load.file for load in metric.loads] if comparison.moved_by_data else []
    models = [f"{name} ({_columns(columns, words)})" if columns else name for name, columns in metric.models.items()]
    cause = words.listed([*models, *files], LISTED)
    where = f"{words.period(row)}, {words.segment(row)}" if row else "–"
    return (
        f"{words.name(metric)} · {metric.code}",
        verdict,
        where,
        *_numbers(row, impact),
        f"{metric.tolerance:g} {words.unit(metric)}",
        moved,
        words.definition(metric),
        cause or "–",
    )


def _numbers(row: ValueRow | None, impact: Impact) -> list[str]:
    """Published, effect of data, before, after, effect of code, both; where data moved nothing, the three in the middle."""
    if row is None:
        return ["–"] * (6 if impact.is_moved_by_data else 3)
    both = None if row.after is None or row.published is None else row.after - row.published
    code = [number(row.before), number(row.after), signed(row.code_effect)]
    return [number(row.published), signed(row.data_effect), *code, signed(both)] if impact.is_moved_by_data else code


def _changes(impact: Impact, words: Words) -> Iterator[Block]:
    if impact.changes:
        rows = [(change.file, words(f"kinds.{change.kind}"), _columns(change.columns, words)) for change in impact.changes.values()]
        yield Heading(words("changes"))
        yield Table((words("file"), words("kind"), words("columns")), tuple(rows))


def _columns(columns: tuple[str, ...], words: Words) -> str:
    return words.listed([words("all_rows") if name == "*" else name for name in columns], LISTED) or "–"


def _rows(impact: Impact, words: Words) -> Iterator[Block]:
    differing = [change for change in impact.rows if not change.is_same]
    same = [words("row_count", table=change.table, count=f"{change.rows_after:,}") for change in impact.rows if change.is_same]
    if differing or same:
        yield Heading(words("rows"))
    if differing:
        names = ("table", "rows_before", "rows_after", "entering", "leaving", "changed", "examples")
        yield Table(tuple(map(words, names)), tuple(_row_change(change, words) for change in differing), frozenset(range(1, 6)))
    if same:
        yield Text(words("rows_same", tables=words.listed(same, LISTED)))


def _row_change(change: RowChange, words: Words) -> tuple[str, ...]:
    counts = (change.rows_before, change.rows_after, change.entering, change.leaving, change.changed)
    shown = [f"{e.key}: {e.rows_before} → {e.rows_after}" for e in change.examples]
    columns = [f"+{name}" for name in change.columns_added] + [f"−{name}" for name in change.columns_removed]
    keyed = f"{words.listed(change.key)}: " if change.key and shown else "" if change.key else words("no_key")
    return (change.table, *(f"{count:,}" for count in counts), "; ".join([*columns, keyed + "; ".join(shown)]).strip("; ") or "–")


def _loads(impact: Impact, words: Words) -> Iterator[Block]:
    if impact.loads:
        rows = [(load.delivery, load.file, f"{load.delivered_date}", f"{load.rows_loaded:,}") for load in impact.loads[:LISTED]]
        yield Heading(words("loads"))
        yield Table((words("delivery"), words("file"), words("delivered"), words("loaded_rows")), tuple(rows), frozenset({3}))
        if len(impact.loads) > LISTED:
            yield Text(words("more", count=len(impact.loads) - LISTED))


def _details(metric: MetricImpact, impact: Impact, words: Words) -> Iterator[Block]:
    names = ["before", "after", "code_effect"]
    if impact.is_moved_by_data:
        names = ["published", "data_effect", *names, "total_effect"]
    headings = (words("where"), *map(words, names), words("verdict_column"))
    numbers = frozenset(range(1, len(headings) - 1))

    def rows(found: tuple[ValueRow, ...], with_period: bool) -> tuple[tuple[str, ...], ...]:
        return tuple(
            (words.period(r) if with_period else words.segment(r), *_numbers(r, impact), words(f"states.{r.state}")) for r in found
        )

    if metric.comparison.periods:
        yield Heading(words("periods"), 3)
        yield Table(headings, rows(metric.comparison.periods, True), numbers)
    if metric.comparison.segments:
        yield Heading(words("segments", period=words.period(metric.comparison.segments[0])), 3)
        yield Table(headings, rows(metric.comparison.segments, False), numbers)
    for side, sql in zip(("before", "after"), metric.definition_sql, strict=True):
        if sql:
            yield Heading(f"{words('sql')}, {words(side)}", 3)
            yield Code(sql)


def _method(impact: Impact, words: Words) -> Iterator[Block]:
    yield Heading(words("method"))
    yield Text(words("data", as_of=impact.as_of_date))
    key = "no_publication" if impact.published is None else "publication" if impact.is_moved_by_data else "no_new_data"
    yield Text(words(key, version=impact.published))
    for side in (impact.before, impact.after):
        yield Text(_side(side, words))
    if impact.unmeasured_files:
        yield Text(words("unmeasured", files=words.listed(impact.unmeasured_files, LISTED)))
    parts = [f"{words(f'parts.{part}')} {seconds:.1f}" for part, seconds in impact.seconds.items()]
    yield Text(words("seconds", total=f"{sum(impact.seconds.values()):.1f}", parts=words.listed(parts)))


def _side(side: Side, words: Words) -> str:
    values = words("values_computed" if side.are_values_computed else "values_read")
    return words("side", label=side.label, built=len(side.built), read=len(side.read), values=values)
