"""The picture of an earlier day: what has become of each value since, why, and what a page says about it."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from dashboards.components.formatting import format_change, format_date, format_period, format_value
from dashboards.components.palette import STATUS_ICONS
from dashboards.components.session import Selection
from dashboards.components.tables import table_html
from dashboards.components.texts import Words
from dashboards.published import PublishedData

WITHOUT_VALUE_THEN = ("added", "new_metric")
DIFFERENT = ("changed", "removed", *WITHOUT_VALUE_THEN)
# Pages of what the ledger does not hold.
KEPT_BY_NO_DAY = ("compliance", "lineage")
# A first value of a later publication says so in the mark itself.
SELF_EVIDENT = "first_value"


def tiles_of(data: PublishedData, chosen: Selection) -> pd.DataFrame:
    """A row per metric as `tiles` answers; for an earlier day with what `differences` answers beside it."""
    tiles = data.ask("tiles", **chosen.cut)
    return tiles if chosen.known_on is None else tiles.merge(data.ask("differences", **chosen.cut), on="metric_code")


def has_card(tiles: pd.DataFrame) -> pd.Series:
    """Which metrics get a card: those with a value, and those whose value of the period became known after the day shown."""
    shown = tiles["value"].notna()
    return shown | tiles["difference"].isin(WITHOUT_VALUE_THEN) if "difference" in tiles else shown


def is_different(tile: Any) -> bool:
    """Whether a tile of an earlier day shows something else than it would today."""
    return tile.get("difference") in DIFFERENT


def difference_html(tile: Any, words: Words) -> str:
    """What a value has become since the day shown, and why; nothing where it is the same or shown as it is now."""
    if not is_different(tile):
        return ""
    why = [words.of("cause", cause) for cause in dict.fromkeys(_causes(tile))]
    said = [part for part in (words.listed(why), _acceptance(tile, words)) if part]
    reason = f"<span>{escape(' · '.join(said))}</span>" if said else ""
    before = "" if tile["difference"] == "changed" else f"<em>{escape(words.of('difference', tile['difference']))}</em>"
    return f'<div class="zc-since">{before}{_now_html(tile, words)}{reason}</div>'


def banner_html(words: Words, page: str, chosen: Selection, latest: pd.Timestamp, differences: pd.DataFrame | None) -> str:
    """That the page shows an earlier day, which of its parts do, and which period stands in for another.

    With `differences`, as the question answers, also how many metrics differ from today.
    """
    if page in KEPT_BY_NO_DAY:
        return f'<div class="zc-known">{escape(words.of("known_page", page))}</div>'
    day = format_date(chosen.known_on)
    said = [words.of("known_page", page)]
    if differences is not None:
        kinds = differences["difference"]
        count, parts = int(kinds.isin(DIFFERENT).sum()), {"total": int((kinds != "none").sum()), "latest": format_date(latest)}
        said.append(words("known.count", count=count, **parts) if count else words("known.none", **parts))
    if chosen.asked_period is not None:
        asked, shown = (format_period(start, chosen.grain, words) for start in (chosen.asked_period, chosen.period_start_date))
        said.append(words("known.other_period", asked=asked, shown=shown))
    sentences = "".join(f"<span>{escape(sentence)}</span>" for sentence in said)
    return f'<div class="zc-known"><b>{escape(words("known.title", day=day))}</b>{sentences}</div>'


def since_html(tile: Any, known_on: Any, words: Words) -> str:
    """Every change of a value after the day shown: when, to what, why, and who accepted it."""

    def shown(value: Any) -> str:
        return format_value(value, tile["unit"], tile["format"], words)

    columns = [words(f"since.{name}") for name in ("published", "value", "cause", "accepted")]
    rows = [[format_date(known_on), shown(tile["value"]), words("since.then"), ""]]
    rows += [
        [format_date(change["changed_on"]), shown(change["value"]), words.of("cause", change["cause"]), _accepted_by(change, words)]
        for change in _changes(tile)
    ]
    return f'<div class="zc-section"><h2>{escape(words("since.title"))}</h2></div>' + table_html(columns, rows, frozenset({1}))


def _now_html(tile: Any, words: Words) -> str:
    if tile["difference"] == "removed":
        return ""
    now = words("known.now", value=format_value(tile["value_now"], tile["unit"], tile["format"], words))
    change = ""
    if tile["difference"] == "changed":
        shown = format_change(tile["change_since"], "difference", tile["unit"], tile["format"], words)
        change = words("known.by", change=words("known.slightly") if shown == words("change.none") else shown)
    status = tile["status_now"]
    turned = "" if status in (tile["status"], "no_target") else f" {STATUS_ICONS[status]} {words(f'status.{status}')}"
    return f"<b>{escape(now + change)}</b>" + (f'<b class="{status}">{escape(turned)}</b>' if turned else "")


def _changes(tile: Any) -> list[dict[str, Any]]:
    changes = tile["changes"]
    return [] if changes is None or isinstance(changes, float) else list(changes)


def _causes(tile: Any) -> list[str]:
    causes = [change["cause"] for change in _changes(tile)]
    return [cause for cause in causes if cause != SELF_EVIDENT] if causes else ["unexplained"]


def _acceptance(tile: Any, words: Words) -> str:
    """Open as long as one restatement is; then with the reasons given."""
    restated = [change for change in _changes(tile) if change["is_restatement"]]
    if not restated:
        return ""
    if any(change["accepted_by"] is None for change in restated):
        return words("since.open")
    return words("since.accepted_because", reason=words.listed(change["accepted_reason"] for change in restated))


def _accepted_by(change: dict[str, Any], words: Words) -> str:
    if not change["is_restatement"]:
        return ""
    return words("since.open") if change["accepted_by"] is None else f"{change['accepted_by']} · {change['accepted_reason']}"
