"""`make credit-real`: the scorecard on 150,000 real borrowers (give_me_some_credit).

Run as `python -m tests.real.credit [--folder DIR]`. The borrowers go through landing, contract and loader; a card is
trained on them, approved in a copy of the project and scored by dbt. Prints what was expected and what was found, line
by line, and exits 1 when one misses, 2 when the data set is absent.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from sklearn.metrics import roc_auc_score

from metrics_dictionary.locations import DataFolder
from orchestration.lib.loading import load_pending
from orchestration.lib.scorecard import ScorecardVersion, score_borrowers
from orchestration.lib.scorecard_files import SEEDS_FOLDER, read_cards
from orchestration.lib.scorecard_training import evaluate_against_reference, propose_card, read_borrowers
from tests.orchestration.lib.scoring_in_sql import build_scores, differing_rows, project_with_card, quality_in_sql
from tests.real.mapping import DELIVERED, MAPPING, SOURCE_FOLDER, open_source

ENTITY = "lending/borrower"
DELIVERED_ROWS, QUARANTINED_ROWS = 150_000, 270  # 269 with bureau codes 96 and 98, one of age 0
SMALLEST_AUC, LARGEST_DISTANCE = 0.85, 0.02
ROUNDING = 1e-9


@dataclass(frozen=True)
class Line:
    """One line of the report: what was looked at, what was expected in words, what was found, whether it holds."""

    subject: str
    expected: str
    found: str
    holds: bool


def land_borrowers(folder: DataFolder) -> int:
    """Write the landing file of the borrowers; returns its rows. Raises FileNotFoundError without the data set."""
    target = folder.landing / ENTITY / f"dt={DELIVERED}" / "borrower.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    query = (MAPPING / f"{ENTITY}.sql").read_text(encoding="utf-8")
    with open_source(SOURCE_FOLDER) as source:
        (rows,) = source.execute(f"copy ({query}) to '{target}' (format parquet)").fetchone()
    return rows


def compare_scores(folder: DataFolder, card: ScorecardVersion, borrowers: pa.Table, name: str) -> Line:
    """SQL scores beside Python scores, every row."""
    compared, different = differing_rows(folder, card, borrowers)
    return Line(
        f"{name}: SQL score = Python score",
        f"{borrowers.num_rows} rows, 0 differ",
        f"{compared} rows, {different} differ",
        (compared, different) == (borrowers.num_rows, 0),
    )


def compare_quality(folder: DataFolder, card: ScorecardVersion, borrowers: pa.Table) -> list[Line]:
    """AUC by ranks in SQL beside scikit-learn's, over all borrowers; holdout figures beside those of the training."""
    scores = score_borrowers(card, borrowers).column("score").to_numpy()
    is_bad = np.array(borrowers.column("is_serious_delinquent").to_pylist(), dtype=bool)
    quality = quality_in_sql(folder, card.header.card_version)
    compared = [
        ("AUC of all borrowers, SQL and scikit-learn", float(roc_auc_score(is_bad, -scores)), quality["all"][0]),
        ("AUC of the holdout, SQL and training", card.header.holdout_auc, round(quality["holdout"][0], 6)),
        ("KS of the holdout, SQL and training", card.header.holdout_ks, round(quality["holdout"][1], 6)),
    ]
    return [Line(s, f"{want:.6f}", f"{have:.6f}", abs(want - have) <= ROUNDING) for s, want, have in compared]


def compare_folds(borrowers: pa.Table) -> list[Line]:
    """The card beside gradient boosting, fold by fold."""
    return [
        Line(
            f"fold {result.fold}: AUC of the card, gradient boosting {result.reference_auc:.6f}",
            f">= {SMALLEST_AUC} and >= boosting - {LARGEST_DISTANCE}",
            f"{result.scorecard_auc:.6f}",
            result.scorecard_auc >= max(SMALLEST_AUC, result.reference_auc - LARGEST_DISTANCE),
        )
        for result in evaluate_against_reference(borrowers)
    ]


def run(folder: DataFolder) -> list[Line]:
    """Land, load, score under the project's card, train, score under the new card, compare with boosting."""
    landed = land_borrowers(folder)
    load_pending(folder, "credit-real")
    with duckdb.connect(str(folder.raw_database), read_only=True) as raw:
        read, loaded, quarantined = raw.execute(
            "select sum(rows_read), sum(rows_loaded), sum(rows_quarantined) from meta.loads where status = 'loaded'"
        ).fetchone()
    lines = [
        Line("rows landed", str(DELIVERED_ROWS), str(landed), landed == DELIVERED_ROWS),
        Line(
            "rows read = loaded + quarantined",
            f"{DELIVERED_ROWS} = {DELIVERED_ROWS - QUARANTINED_ROWS} + {QUARANTINED_ROWS}",
            f"{read} = {loaded} + {quarantined}",
            (read, loaded, quarantined) == (DELIVERED_ROWS, DELIVERED_ROWS - QUARANTINED_ROWS, QUARANTINED_ROWS),
        ),
    ]
    build_scores(folder)
    borrowers = read_borrowers(folder)
    approved = next(card for card in read_cards(SEEDS_FOLDER) if card.header.status == "approved")
    lines.append(compare_scores(folder, approved, borrowers, "approved card"))

    (candidate,) = read_cards(propose_card(folder, training_data="give_me_some_credit"))
    build_scores(folder, project_with_card(candidate, folder.root / "project"))
    lines.append(compare_scores(folder, candidate, borrowers, "card trained on them"))
    return [*lines, *compare_quality(folder, candidate, borrowers), *compare_folds(borrowers)]


def main() -> int:
    """Print the lines; 0 when all hold, 1 when one misses, 2 when the data set is absent."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, help="empty data folder to use; a temporary one when left out")
    arguments = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        try:
            lines = run(DataFolder((arguments.folder or Path(temporary) / "data").resolve()))
        except FileNotFoundError as error:
            print(error, file=sys.stderr)
            return 2
    print(f"{'check':52} {'expected':34} {'found':28}")
    for line in lines:
        print(f"{line.subject:52} {line.expected:34} {line.found:28} {'ok' if line.holds else 'MISS'}")
    missed = sum(not line.holds for line in lines)
    print(f"{len(lines)} checks, {missed} missed, {time.monotonic() - started:.0f} s")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
