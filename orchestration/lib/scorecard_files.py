"""Scorecards as files: the three seed files dbt scores with, and the candidates beside them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from metrics_dictionary.locations import PROJECT_ROOT
from orchestration.lib.scorecard import Bin, CardHeader, ScoreBin, ScorecardError, ScorecardVersion

SEEDS_FOLDER = PROJECT_ROOT / "seeds" / "credit"
VERSIONS_FILE = "scorecard_versions.csv"
POINTS_FILE = "scorecard_points.csv"
SCORE_BINS_FILE = "scorecard_score_bins.csv"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def _write(file: Path, row_type: type, rows: Iterable[Any]) -> None:
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, [field.name for field in fields(row_type)], lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _text(value) for name, value in asdict(row).items()} for row in rows)


_READERS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": lambda text: text == "true",
    "date": date.fromisoformat,
}


def _read(file: Path, row_type: type) -> list[Any]:
    if not file.exists():
        raise ScorecardError(f"{file} is missing; a card is {VERSIONS_FILE}, {POINTS_FILE} and {SCORE_BINS_FILE} in one folder")
    readers = {field.name: _READERS[str(field.type).split(" |")[0]] for field in fields(row_type)}
    with file.open(newline="", encoding="utf-8") as stream:
        return [row_type(**{n: readers[n](t) if t != "" else None for n, t in row.items()}) for row in csv.DictReader(stream)]


def write_cards(cards: list[ScorecardVersion], folder: Path) -> None:
    """Write cards as the three seed files of a folder, which is made if absent; files there are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / VERSIONS_FILE, CardHeader, (card.header for card in cards))
    _write(folder / POINTS_FILE, Bin, (row for card in cards for row in card.bins))
    _write(folder / SCORE_BINS_FILE, ScoreBin, (row for card in cards for row in card.score_bins))


def read_cards(folder: Path) -> list[ScorecardVersion]:
    """All cards in the three seed files of a folder. Raises ScorecardError if one is missing."""
    bins, score_bins = _read(folder / POINTS_FILE, Bin), _read(folder / SCORE_BINS_FILE, ScoreBin)
    return [
        ScorecardVersion(
            header,
            tuple(row for row in bins if row.card_version == header.card_version),
            tuple(row for row in score_bins if row.card_version == header.card_version),
        )
        for header in _read(folder / VERSIONS_FILE, CardHeader)
    ]


def approve_card(candidate: ScorecardVersion, seeds: Path, approved_by: str, valid_from: date, change_reason: str) -> None:
    """Add a card to the seeds as the approved one; the one approved until now is retired, none is ever removed.

    Raises ScorecardError if the version is in the seeds already.
    """
    cards = read_cards(seeds) if (seeds / VERSIONS_FILE).exists() else []
    version = candidate.header.card_version
    if any(card.header.card_version == version for card in cards):
        raise ScorecardError(f"card {version} is in {seeds} already; a change needs a new version name")
    retired = [
        replace(card, header=replace(card.header, status="retired", valid_to_date=valid_from)) if card.header.status == "approved" else card
        for card in cards
    ]
    header = replace(
        candidate.header,
        status="approved",
        approved_by=approved_by,
        valid_from_date=valid_from,
        change_reason=change_reason,
    )
    write_cards([*retired, replace(candidate, header=header)], seeds)
