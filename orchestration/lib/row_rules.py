"""What a contract asks of one row, as SQL: the typed value of each column, and the rules in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def _from_text(kind: str, delivered: str) -> tuple[str, str | None]:
    if kind == "varchar":
        return f"nullif({delivered}, '')", None
    trimmed = f"nullif(trim({delivered}), '')"
    value = f"try_cast({trimmed} as {kind})"
    matches = f"regexp_full_match({trimmed}, {literal(_text_pattern(kind))})"
    return value, f"({trimmed} is null or ({matches} and {value} is not null))"


def _from_json(kind: str, delivered: str) -> tuple[str, str | None]:
    text = f"({delivered} ->> '$')"
    value, holds = _from_text(kind, text)
    conditions = [f"left({delivered}::varchar, 1) not in ('{{', '[')"]
    if holds:
        conditions.append(holds)
    if kind.startswith("decimal"):
        # A JSON number is read as a double, which keeps 15 digits; larger amounts must be delivered as JSON strings.
        safe = 10 ** (15 - _scale(kind))
        conditions.append(f"(left({delivered}::varchar, 1) = '\"' or abs({value}) < {safe})")
    return value, f"({delivered} is null or {text} is null or ({' and '.join(conditions)}))"


def _from_typed(kind: str, delivered: str, delivered_type: str) -> tuple[str, str | None]:
    if delivered_type == "varchar":
        return _from_text(kind, delivered)
    if delivered_type == kind and kind != "double":
        return delivered, None
    is_number = delivered_type in _NUMBERS or delivered_type.startswith("decimal")
    fits = {
        "varchar": is_number and delivered_type not in ("float", "double"),
        "boolean": delivered_type == "boolean" or (is_number and "(" not in delivered_type),
        "date": delivered_type in _TIMES,
        "timestamp": delivered_type in _TIMES,
    }.get(kind, is_number)
    if not fits:
        return f"null::{kind}", f"{delivered} is null"
    value = f"try_cast({delivered} as {kind})"
    if kind == "double":
        return value, f"({delivered} is null or isfinite({value}))"
    return value, f"({delivered} is null or coalesce(try_cast({value} as {delivered_type}) = {delivered}, false))"


def typed_value(column: Column, delivered: str, delivered_type: str) -> tuple[str, str | None]:
    """(SQL of the value in the contract's type, SQL that is true when nothing was lost, None when nothing can be).

    An empty text is a missing value, in every format.

    `delivered` is the SQL of the value as it came, `delivered_type` a DuckDB type, `text` (csv) or `json`.
    """
    kind = column.type
    if delivered_type == "varchar" and kind == "varchar" and column.required:
        return delivered, None  # cannot be empty, so it need not be looked at
    if delivered_type == "text":
        return _from_text(kind, delivered)
    if delivered_type == "json":
        return _from_json(kind, delivered)
    return _from_typed(kind, delivered, delivered_type)


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


def row_checks(contract: Contract, delivered: dict[str, tuple[str, str]], leading: Sequence[Check] = ()) -> list[Check]:
    """Every check on a single row, in the order of RULES and of the contract's columns within a rule.

    `delivered` maps contract columns to (SQL of the delivered value, its type); columns not delivered are left out.
    `leading` are checks of the format itself. The SQL may use `_delivered_date`.
    """
    checks = list(leading)
    for name, column in contract.columns.items():
        if name not in delivered:
            continue
        expression, delivered_type = delivered[name]
        value, lossless = typed_value(column, expression, delivered_type)
        is_text = delivered_type in ("text", "json", "varchar")
        shown = f"({expression} ->> '$')" if delivered_type == "json" else f"{expression}::varchar"
        if column.required:
            # a text that begins beyond the blank is not blank: most need no trimming
            present = f"({shown} >= '!' or trim({shown}) <> '')" if is_text else f"{expression} is not null"
            # a blank is not among the allowed values, nor does it name a record: there the filter need not look
            is_caught_later = delivered_type == "varchar" and (column.allowed or column.references)
            quick = f"{expression} is not null" if is_caught_later else None
            checks.append(Check("required", name, present, shown, quick))
        if lossless:
            checks.append(Check("wrong_type", name, lossless, shown))
        if column.type == "varchar":
            checks.extend(_text_checks(name, column, value, shown))
        checks.extend(_range_checks(name, column, contract, value, shown))
    order = {rule: position for position, rule in enumerate(RULES)}
    return sorted(checks, key=lambda check: order[check.rule])
