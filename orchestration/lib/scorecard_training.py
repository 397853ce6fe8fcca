"""Training of a points scorecard: optimal binning, logistic regression on weights of evidence, points.

No card trained here is used until a person has approved it: `propose_card` writes it into the data folder and touches
nothing in the project (see docs/runbooks/scorecard.md).
"""

from __future__ import annotations

import hashlib
import logging
import warnings
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from metrics_dictionary.locations import DataFolder
from orchestration.lib.scorecard import (
    ATTRIBUTES,
    Bin,
    CardHeader,
    ScoreBin,
    ScorecardError,
    ScorecardVersion,
    area_under_curve,
    attribute_values,
    bin_indexes,
    kolmogorov_smirnov,
    scaling,
    score_borrowers,
)
from orchestration.lib.scorecard_files import write_cards

BASE_SCORE, BASE_ODDS, POINTS_TO_DOUBLE_ODDS = 600, 50, 20
HOLDOUT_FROM = "b3"  # first two hexadecimal digits of md5: 0xb3 / 0x100 = 70 % development, 30 % holdout
LARGEST_BIN_COUNT = 10
SMALLEST_BIN_SHARE, SMALLEST_BIN_COUNT = 0.01, 250  # whichever is more borrowers
SMALLEST_CLASS_COUNT_OF_BIN = 10  # fewer bads or goods make a weight of evidence of chance
SMALLEST_INFORMATION_VALUE = 0.02  # below it an attribute is commonly called unpredictive
STABILITY_BIN_COUNT = 10
PSI_FLOOR_RATIO = 0.0001
SMALLEST_CLASS_COUNT = 50
BAD_DEFINITION_ZH = "观察日后两年内出现90天及以上逾期"
BAD_DEFINITION_EN = "90 days past due or worse within two years of the observation date"


@dataclass(frozen=True)
class FoldResult:
    """AUC of a card and of a gradient-boosting reference, both trained on the other folds and measured on this one."""

    fold: int
    scorecard_auc: float
    reference_auc: float


def is_holdout(borrower_numbers: list[str]) -> np.ndarray:
    """Whether each borrower is kept out of training; its number alone decides, the same here and in SQL."""
    digits = (hashlib.md5(number.encode(), usedforsecurity=False).hexdigest()[:2] for number in borrower_numbers)
    return np.array([pair >= HOLDOUT_FROM for pair in digits], dtype=bool)


def read_borrowers(folder: DataFolder) -> pa.Table:
    """All borrowers of a data folder as staging has them. Raises ScorecardError if nothing is built there."""
    for file in (folder.warehouse_database, folder.raw_database):
        if not file.exists():
            raise ScorecardError(f"{file} is missing; run `make pipeline` before a card can be trained")
    connection = duckdb.connect(str(folder.warehouse_database), read_only=True)
    try:
        raw = str(folder.raw_database).replace("'", "''")
        connection.execute(f"attach '{raw}' as raw (read_only)")
        return connection.execute("select * from staging.stg_lending__borrowers order by borrower_number").to_arrow_table()
    finally:
        connection.close()


def _splits(values: np.ndarray, is_bad: np.ndarray, attribute_code: str) -> list[float]:
    """Optimal bounds between bins, rounded to six significant digits so that a seed file holds them exactly."""
    # cvxpy, which optbinning imports and this does not use, reports on standard error every solver it lacks
    logging.getLogger("__cvxpy__").disabled = True
    from optbinning import OptimalBinning  # late: the import takes seconds

    known = ~np.isnan(values)
    if len(np.unique(values[known])) < 2:
        return []
    smallest = min(0.5, max(SMALLEST_BIN_SHARE, SMALLEST_BIN_COUNT / int(known.sum())))
    binning = OptimalBinning(
        name=attribute_code,
        dtype="numerical",
        monotonic_trend="auto_heuristic",
        max_n_prebins=3 * LARGEST_BIN_COUNT,
        min_prebin_size=smallest / 2,
        max_n_bins=LARGEST_BIN_COUNT,
        min_bin_size=smallest,
        min_bin_n_event=SMALLEST_CLASS_COUNT_OF_BIN,
        min_bin_n_nonevent=SMALLEST_CLASS_COUNT_OF_BIN,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of scikit-learn names optbinning still uses
        binning.fit(values[known], is_bad[known].astype(int))
    return sorted({float(f"{split:.6g}") for split in binning.splits})


def _woe(goods: float, bads: float, all_goods: int, all_bads: int) -> float:
    """ln(share of goods / share of bads), half a borrower added where a bin lacks one of the two."""
    if goods == 0 or bads == 0:
        goods, bads = goods + 0.5, bads + 0.5
    return float(np.log((goods / all_goods) / (bads / all_bads)))


def _bins_of(values: np.ndarray, is_bad: np.ndarray, attribute_code: str) -> list[Bin]:
    """The bins of one attribute with their weights of evidence; coefficient, points and number are still to come."""
    splits = _splits(values, is_bad, attribute_code)
    bounds = [None, *splits, None]
    empty = {
        "card_version": "",
        "attribute_code": attribute_code,
        "attribute_number": 0,
        "woe": 0.0,
        "coefficient": 0.0,
        "points": 0,
        "sample_count": 0,
        "bad_count": 0,
        "information_value": 0.0,
    }
    frame = [
        Bin(**empty, bin_number=n + 1, lower_bound=bounds[n], upper_bound=bounds[n + 1], is_missing_bin=False)
        for n in range(len(splits) + 1)
    ]
    frame.append(Bin(**empty, bin_number=len(frame) + 1, lower_bound=None, upper_bound=None, is_missing_bin=True))
    indexes = bin_indexes(values, tuple(frame))
    counts = np.bincount(indexes, minlength=len(frame))
    bads = np.bincount(indexes, weights=is_bad, minlength=len(frame))
    all_bads, all_goods = int(is_bad.sum()), int((~is_bad).sum())
    filled = []
    for row, count, bad in zip(frame, counts, bads, strict=True):
        # a missing value that never occurred in training says nothing about the borrower: no evidence, no points
        woe = round(_woe(count - bad, bad, all_goods, all_bads), 6) if count else 0.0
        value = ((count - bad) / all_goods - bad / all_bads) * woe
        filled.append(
            replace(
                row,
                woe=woe,
                sample_count=int(count),
                bad_count=int(bad),
                information_value=round(float(value), 6),
            )
        )
    return filled


def _regress(evidence: dict[str, np.ndarray], is_bad: np.ndarray) -> tuple[dict[str, float], float]:
    """(coefficient by attribute, intercept) of the log odds of being bad on weights of evidence.

    A coefficient that is not negative turns good evidence into bad; the worst such attribute is left out, and so on.
    """
    from sklearn.linear_model import LogisticRegression  # late: takes seconds to import

    kept = list(evidence)
    while kept:
        model = LogisticRegression(C=1e4, max_iter=1000)
        model.fit(np.column_stack([evidence[name] for name in kept]), is_bad.astype(int))
        coefficients = dict(zip(kept, (float(c) for c in model.coef_[0]), strict=True))
        worst = max(coefficients, key=coefficients.__getitem__)
        if coefficients[worst] < 0:
            return coefficients, float(model.intercept_[0])
        kept.remove(worst)
    raise ScorecardError("no attribute separates good from bad borrowers in this sample; check the outcomes delivered")


def _score_bins(scores: np.ndarray, card_version: str) -> tuple[ScoreBin, ...]:
    """Up to ten bins of about equal size over the training scores, with the share that each holds."""
    edges = np.unique(np.quantile(scores, np.arange(1, STABILITY_BIN_COUNT) / STABILITY_BIN_COUNT, method="higher"))
    edges = edges[edges > scores.min()]
    bounds = [None, *(int(edge) for edge in edges), None]
    indexes = np.searchsorted(edges, scores, side="right")
    shares = np.bincount(indexes, minlength=len(bounds) - 1) / len(scores)
    return tuple(ScoreBin(card_version, n + 1, bounds[n], bounds[n + 1], round(float(shares[n]), 8)) for n in range(len(bounds) - 1))


def train_scorecard(
    borrowers: pa.Table, *, training_data: str, card_version: str | None = None, has_holdout: bool = True
) -> ScorecardVersion:
    """A candidate card from borrowers whose outcome is known.

    `borrowers` has `borrower_number`, `observation_date`, `is_serious_delinquent` and the attributes; `training_data`
    says in words where they come from. 30 % by hash of the number are held out and measured apart; with
    `has_holdout=False` all are trained on, and the holdout figures repeat the development figures. Without
    `card_version` the version is the month of the last observation and the card's fingerprint. Raises ScorecardError
    for a sample that is too small or one-sided.
    """
    borrowers = borrowers.filter(borrowers.column("is_serious_delinquent").is_valid()).sort_by("borrower_number")
    is_bad = np.array(borrowers.column("is_serious_delinquent").to_pylist(), dtype=bool)
    if is_bad.sum() < SMALLEST_CLASS_COUNT or (~is_bad).sum() < SMALLEST_CLASS_COUNT:
        raise ScorecardError(
            f"{int(is_bad.sum())} bad and {int((~is_bad).sum())} good borrowers with a known outcome; "
            f"a card needs at least {SMALLEST_CLASS_COUNT} of each. Deliver more rows of lending/borrower."
        )
    held_out = is_holdout(borrowers.column("borrower_number").to_pylist()) if has_holdout else np.zeros(len(is_bad), dtype=bool)
    development, bad = borrowers.filter(pa.array(~held_out)), is_bad[~held_out]

    bins = {name: _bins_of(attribute_values(development, name), bad, name) for name in ATTRIBUTES}
    bins = {name: rows for name, rows in bins.items() if sum(r.information_value for r in rows) >= SMALLEST_INFORMATION_VALUE}
    evidence = {
        name: np.array([row.woe for row in rows])[bin_indexes(attribute_values(development, name), tuple(rows))]
        for name, rows in bins.items()
    }
    coefficients, intercept = _regress(evidence, bad)
    factor, offset = scaling(BASE_SCORE, BASE_ODDS, POINTS_TO_DOUBLE_ODDS)
    rows = tuple(
        replace(row, attribute_number=number, coefficient=round(coefficients[name], 6),
              points=round(-factor * coefficients[name] * row.woe))
        for number, name in enumerate(coefficients, start=1)
        for row in bins[name]
    )  # fmt: skip
    dates = borrowers.column("observation_date").to_pylist()
    header = CardHeader(
        card_version="", status="candidate", name_zh="借款人申请评分卡", name_en="Borrower application scorecard",
        bad_definition_zh=BAD_DEFINITION_ZH, bad_definition_en=BAD_DEFINITION_EN, training_data=training_data,
        training_start_date=min(dates), training_end_date=max(dates), sample_count=len(is_bad),
        bad_count=int(is_bad.sum()),
        development_count=int((~held_out).sum()), holdout_count=int(held_out.sum()), base_score=BASE_SCORE,
        base_odds=BASE_ODDS, points_to_double_odds=POINTS_TO_DOUBLE_ODDS, score_factor=factor, score_offset=offset,
        intercept=round(intercept, 6), base_points=round(offset - factor * intercept), development_ks=0.0,
        development_auc=0.0, holdout_ks=0.0, holdout_auc=0.0, holdout_from=HOLDOUT_FROM,
        psi_floor_ratio=PSI_FLOOR_RATIO, valid_from_date=None,
        valid_to_date=None, approved_by=None, change_reason="Candidate, not approved",
    )  # fmt: skip
    card = ScorecardVersion(header, rows, ())
    scores = score_borrowers(card, borrowers).column("score").to_numpy()
    shown = held_out if held_out.any() else ~held_out
    measured = {
        "development_ks": round(kolmogorov_smirnov(scores[~held_out], is_bad[~held_out]), 6),
        "development_auc": round(area_under_curve(scores[~held_out], is_bad[~held_out]), 6),
        "holdout_ks": round(kolmogorov_smirnov(scores[shown], is_bad[shown]), 6),
        "holdout_auc": round(area_under_curve(scores[shown], is_bad[shown]), 6),
    }
    header = CardHeader(**{**header.__dict__, **measured})
    card = ScorecardVersion(header, rows, _score_bins(scores[~held_out], ""))
    return card.renamed(card_version or f"{max(dates):%Y%m}-{card.fingerprint}")


def propose_card(folder: DataFolder, *, training_data: str) -> Path:
    """Train a candidate on the borrowers of a data folder and write it to `scorecards/<version>/`, the folder returned.

    The same borrowers give the same version and the same files. Nothing in the project is touched.
    """
    card = train_scorecard(read_borrowers(folder), training_data=training_data)
    target = folder.root / "scorecards" / card.header.card_version
    write_cards([card], target)
    return target


def evaluate_against_reference(borrowers: pa.Table, *, fold_count: int = 5) -> list[FoldResult]:
    """AUC of a card beside scikit-learn's HistGradientBoosting, fold by fold on the same borrowers.

    Folds go by the hash of the borrower number. Each model sees only the other folds.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier  # late: takes seconds to import

    borrowers = borrowers.filter(borrowers.column("is_serious_delinquent").is_valid())
    is_bad = np.array(borrowers.column("is_serious_delinquent").to_pylist(), dtype=bool)
    numbers = borrowers.column("borrower_number").to_pylist()
    folds = np.array([int(hashlib.sha256(number.encode()).hexdigest()[:8], 16) % fold_count for number in numbers])
    features = np.column_stack([attribute_values(borrowers, name) for name in ATTRIBUTES])
    features = features[:, ~np.isnan(features).all(axis=0)]
    results = []
    for fold in range(fold_count):
        test = folds == fold
        card = train_scorecard(
            borrowers.filter(pa.array(~test)),
            training_data=f"all folds but {fold}",
            card_version="fold",
            has_holdout=False,
        )
        scores = score_borrowers(card, borrowers.filter(pa.array(test))).column("score").to_numpy()
        reference = HistGradientBoostingClassifier(random_state=1).fit(features[~test], is_bad[~test])
        probabilities = reference.predict_proba(features[test])[:, 1]
        results.append(FoldResult(fold + 1, area_under_curve(scores, is_bad[test]), area_under_curve(-probabilities, is_bad[test])))
    return results
