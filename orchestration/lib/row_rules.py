"""What a contract asks of one row, as SQL: the typed value of each column, and the rules in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from orchestration.lib.contracts import Column, Contract

RULES = {
    "too_few_columns": "the line has fewer fields than the header",
    "too_many_columns": "the line has more fields than the header",
    "unterminated_quote": "a quoted field is not closed, or text follows its closing quote",
    "invalid_encoding": "the line is not UTF-8",
    "line_too_long": "the line is longer than 32 MB",
    "invalid_json": "the line is not a JSON object",
    "required": "the value is missing",
    "wrong_type": "the value is not of the contract's type, or would lose digits in it",
    "too_long": "the text is longer than the contract allows",
    "control_character": "the text holds control characters",
    "formula_injection": "the text begins like a spreadsheet formula",
    "not_allowed": "the value is not among the allowed ones",
    "pattern": "the text does not match the contract's pattern",
    "below_minimum": "the number is below the minimum",
    "above_maximum": "the number is above the maximum",
    "too_early": "the date lies before the contract's earliest date",
    "future_date": "the date lies after the delivery date",
    "unknown_reference": "the referenced record has not been delivered",
    "duplicate_key": "a record with this key has been delivered before",
}
VALUE_CHARACTERS = 200
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_FORMULA = r"^(?:[=@\t\r]|[+-].*[^0-9 ().,%/-])"
_TEXT_PATTERNS = {
    "integer": r"[+-]?[0-9]+",
    "bigint": r"[+-]?[0-9]+",
    "double": r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?",
    "boolean": r"(?i:true|false|t|f|yes|no|y|n|1|0)",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T]00:00(:00(\.0+)?)?)?",
    "timestamp": r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{0,6}0*)?)?)?",
}
_NUMBERS = (
    "tinyint",
    "smallint",
    "integer",
    "bigint",
    "hugeint",
    "utinyint",
    "usmallint",
    "uinteger",
    "ubigint",
    "float",
    "double",
)
_TIMES = ("date", "timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns", "timestamp with time zone")


@dataclass(frozen=True)
class Check:
    """One rule on one column; `holds` is SQL that is true for a good row, `shown` SQL for the offending value.

    `quick` may say less than `holds` where another check of the same column catches the rest: it filters good rows.
    """

    rule: str
    column: str | None
    holds: str
    shown: str
    quick: str | None = None

    @property
    def filter(self) -> str:
        """SQL by which good rows are taken."""
        return self.quick or self.holds


class Delivered(NamedTuple):
    """A delivered column as SQL: the value as it came, and its kind, a DuckDB type or `text`.

    `typed` is set when the scan gives the value in the contract's type already, `json_kind` when it knows the JSON type.
    """

    expression: str
    kind: str
    typed: str | None = None
    json_kind: str | None = None

    @property
    def is_text(self) -> bool:
        """Whether the value came as text."""
        return self.kind in ("text", "varchar")


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _scale(kind: str) -> int:
    return int(kind.split(",")[1].rstrip(")"))


def _text_pattern(kind: str) -> str:
    if kind.startswith("decimal"):
        scale = _scale(kind)
        return rf"[+-]?([0-9]+(\.[0-9]{{0,{scale}}}0*)?|\.[0-9]{{1,{max(scale, 1)}}}0*)"
    return _TEXT_PATTERNS[kind]


def parsed_text(kind: str, text: str) -> str:
    """SQL of a text in the contract's type, null when it is none."""
    if kind == "varchar":
        return text
    return f"try_cast({f'trim({text})' if kind == 'boolean' else text} as {kind})"


def _is_compatible(kind: str, delivered_kind: str) -> bool:
    """Whether values of one engine type may become those of a contract's type at all."""
    is_number = delivered_kind in _NUMBERS or delivered_kind.startswith("decimal")
    return {
        "varchar": is_number and delivered_kind not in ("float", "double"),
        "boolean": delivered_kind == "boolean" or (is_number and "(" not in delivered_kind),
        "date": delivered_kind in _TIMES,
        "timestamp": delivered_kind in _TIMES,
    }.get(kind, is_number)


def typed_value(column: Column, delivered: Delivered) -> str:
    """SQL of a delivered value in the contract's type; an empty text is a missing value, in every format."""
    kind, expression = column.type, delivered.expression
    if delivered.typed is not None:
        return delivered.typed
    if delivered.kind == "varchar" and kind == "varchar":
        return expression if column.required else f"nullif({expression}, '')"
    if delivered.is_text:
        return parsed_text(kind, expression)
    if delivered.kind == kind:
        return expression
    return f"try_cast({expression} as {kind})" if _is_compatible(kind, delivered.kind) else f"null::{kind}"


def _lossless_text(kind: str, text: str, value: str) -> str | None:
    """SQL that is true when a text is of the type and loses no digit in it. The form the engine writes needs no pattern."""
    if kind == "varchar":
        return None
    matches = f"regexp_full_match(trim({text}), {literal(_text_pattern(kind))})"
    same = "false" if kind == "double" else f"{value}::varchar = {text}"
    sound = f"isfinite({value})" if kind == "double" else f"{value} is not null"
    return f"({text} is null or {same} or trim({text}) = '' or ({sound} and {matches}))"


def _lossless(column: Column, delivered: Delivered, value: str) -> str | None:
    """SQL that is true when nothing was lost in the contract's type, None when nothing can be."""
    kind, expression = column.type, delivered.expression
    conditions = []
    if delivered.is_text:
        conditions.append(_lossless_text(kind, expression, value))
    elif delivered.kind == kind:
        conditions.append(f"({expression} is null or isfinite({expression}))" if kind == "double" else None)
    elif not _is_compatible(kind, delivered.kind):
        conditions.append(f"{expression} is null")
    elif kind == "double":
        conditions.append(f"({expression} is null or isfinite({value}))")
    else:
        back = f"coalesce(try_cast({value} as {delivered.kind}) = {expression}, false)"
        conditions.append(f"({expression} is null or {back})")
    if delivered.json_kind is not None:
        conditions.append(f"coalesce({delivered.json_kind} not in ('OBJECT', 'ARRAY'), true)")
        if kind.startswith("decimal"):
            # a JSON number is read as a double, which keeps 15 digits; larger amounts must come as JSON strings
            safe = 10 ** (15 - _scale(kind))
            conditions.append(f"({value} is null or {delivered.json_kind} = 'VARCHAR' or abs({value}) < {safe})")
    return " and ".join(condition for condition in conditions if condition) or None


def _present(column: Column, value: str, condition: str) -> str:
    """A condition on a value that may be missing. A required one is left bare, so that the scan itself can apply it."""
    return f"({condition})" if column.required else f"({value} is null or {condition})"


def _text_checks(name: str, column: Column, value: str, shown: str) -> list[Check]:
    if column.allowed is not None:
        options = ", ".join(literal(option) for option in column.allowed)
        return [Check("not_allowed", name, _present(column, value, f"{value} in ({options})"), shown)]
    if column.references is not None:
        return []
    # bytes are counted at once, characters one by one: few texts need the second
    length = f"strlen({value}) <= {column.max_length} or length({value}) <= {column.max_length}"
    checks = [Check("too_long", name, _present(column, value, length), shown)]
    if column.pattern is not None:
        return [
            *checks,
            Check("pattern", name, _present(column, value, f"regexp_matches({value}, {literal(column.pattern)})"), shown),
        ]
    # a text that begins with a letter or digit is no formula: most need no regular expression
    formula = f"regexp_matches({value}, {literal(_FORMULA)}, 's')"
    harmless = f"{value} >= 'A' or ({value} >= '0' and {value} < ':')"
    return [
        *checks,
        Check("control_character", name, _present(column, value, f"not regexp_matches({value}, {literal(_CONTROL)})"), shown),
        Check("formula_injection", name, _present(column, value, f"{harmless} or not {formula}"), shown),
    ]


def _range_checks(name: str, column: Column, contract: Contract, value: str, shown: str) -> list[Check]:
    checks = []
    if column.minimum is not None:
        checks.append(Check("below_minimum", name, _present(column, value, f"{value} >= {column.minimum:g}"), shown))
    if column.maximum is not None:
        checks.append(Check("above_maximum", name, _present(column, value, f"{value} <= {column.maximum:g}"), shown))
    if column.type in ("date", "timestamp"):
        earliest = f"{column.type} '{contract.earliest_date.isoformat()}'"
        checks.append(Check("too_early", name, _present(column, value, f"{value} >= {earliest}"), shown))
        if column.future is None:
            checks.append(Check("future_date", name, _present(column, value, f"{value} < _delivered_date + 1"), shown))
    return checks


def row_checks(contract: Contract, delivered: dict[str, Delivered], leading: Sequence[Check] = ()) -> list[Check]:
    """Every check on a single row, in the order of RULES and of the contract's columns within a rule.

    `delivered` holds the contract's columns that were delivered. `leading` are checks of the format itself. The SQL may
    use `_delivered_date`.
    """
    checks = list(leading)
    for name, column in contract.columns.items():
        if name not in delivered:
            continue
        source = delivered[name]
        value = typed_value(column, source)
        shown = source.expression if source.is_text else f"{source.expression}::varchar"
        if column.required:
            # a text that begins beyond the blank is not blank: most need no trimming
            present = f"({shown} >= '!' or trim({shown}) <> '')" if source.is_text else f"{source.expression} is not null"
            # a blank is not among the allowed values, nor does it name a record: there the filter need not look
            is_caught_later = source.kind == "varchar" and (column.allowed or column.references)
            quick = f"{source.expression} is not null" if is_caught_later else None
            checks.append(Check("required", name, present, shown, quick))
        if lossless := _lossless(column, source, value):
            checks.append(Check("wrong_type", name, lossless, shown))
        if column.type == "varchar":
            checks.extend(_text_checks(name, column, value, shown))
        checks.extend(_range_checks(name, column, contract, value, shown))
    order = {rule: position for position, rule in enumerate(RULES)}
    return sorted(checks, key=lambda check: order[check.rule])
