"""A points scorecard: what it is made of, how it scores a borrower, and how it lies in the seeds.

The card that is used is three seed files that people approve (`seeds/credit/scorecard_*.csv`); dbt computes every
published score from them in SQL. The scoring here repeats that in Python, so that the two can be compared row by row.
Training is in `scorecard_training`, the files are read and written in `scorecard_files`.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa

ATTRIBUTES = (
    "age",
    "monthly_income_amount",
    "debt_ratio",
    "revolving_utilisation_ratio",
    "open_credit_line_count",
    "real_estate_loan_count",
    "dependant_count",
    "past_due_30_59_count",
    "past_due_60_89_count",
    "past_due_90_count",
    "long_term_policy_count",
)
REASON_COUNT = 3


class ScorecardError(Exception):
    """A card or a sample that cannot be used; the message names what, where, and what to do."""


@dataclass(frozen=True)
class Bin:
    """One bin of one attribute: `lower_bound <= value < upper_bound`, absent bounds open; or the bin of missing values.

    `woe` is ln(share of goods / share of bads) in the development sample, `points` what the bin adds to the score.
    """

    card_version: str
    attribute_code: str
    attribute_number: int
    bin_number: int
    lower_bound: float | None
    upper_bound: float | None
    is_missing_bin: bool
    woe: float
    coefficient: float
    points: int
    sample_count: int
    bad_count: int
    information_value: float


@dataclass(frozen=True)
class ScoreBin:
    """One of the bins that measure stability: scores in `[lower_score, upper_score)` and their share in training."""

    card_version: str
    bin_number: int
    lower_score: int | None
    upper_score: int | None
    expected_ratio: float


@dataclass(frozen=True)
class CardHeader:
    """What a card is, how it was made and who approved it.

    score = base_points + sum of points; ln(odds of being good) = (score - score_offset) / score_factor, where
    score_factor = points_to_double_odds / ln 2 and score_offset = base_score - score_factor * ln(base_odds).
    """

    card_version: str
    status: str
    name_zh: str
    name_en: str
    bad_definition_zh: str
    bad_definition_en: str
    training_data: str
    training_start_date: date
    training_end_date: date
    sample_count: int
    bad_count: int
    development_count: int
    holdout_count: int
    base_score: int
    base_odds: int
    points_to_double_odds: int
    score_factor: float
    score_offset: float
    intercept: float
    base_points: int
    development_ks: float
    development_auc: float
    holdout_ks: float
    holdout_auc: float
    holdout_from: str
    psi_floor_ratio: float
    valid_from_date: date | None
    valid_to_date: date | None
    approved_by: str | None
    change_reason: str


@dataclass(frozen=True)
class ScorecardVersion:
    """A whole card: its header, the bins of its attributes, and the score bins of its training sample."""

    header: CardHeader
    bins: tuple[Bin, ...]
    score_bins: tuple[ScoreBin, ...]

    @property
    def attributes(self) -> tuple[str, ...]:
        """Attribute codes in the order of the card."""
        numbered = {row.attribute_number: row.attribute_code for row in self.bins}
        return tuple(numbered[number] for number in sorted(numbered))

    def bins_of(self, attribute_code: str) -> tuple[Bin, ...]:
        """The bins of one attribute: by value from the lowest, the bin of missing values last."""
        rows = [row for row in self.bins if row.attribute_code == attribute_code]
        return tuple(sorted(rows, key=lambda row: (row.is_missing_bin, row.bin_number)))

    def renamed(self, card_version: str) -> ScorecardVersion:
        """The same card under another version name."""
        return ScorecardVersion(
            replace(self.header, card_version=card_version),
            tuple(replace(row, card_version=card_version) for row in self.bins),
            tuple(replace(row, card_version=card_version) for row in self.score_bins),
        )

    @property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits of what decides a score: cards that score alike share it, whatever their name."""
        parts = [f"{self.header.base_points}|{self.header.score_factor!r}|{self.header.score_offset!r}"]
        parts += [f"{b.attribute_code}|{b.lower_bound!r}|{b.upper_bound!r}|{b.is_missing_bin}|{b.points}" for b in self.bins]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def attribute_values(borrowers: pa.Table, attribute_code: str) -> np.ndarray:
    """The values of one attribute as 64-bit floats, missing ones as NaN. Raises ScorecardError without the column."""
    if attribute_code not in borrowers.column_names:
        raise ScorecardError(f"the borrowers have no column '{attribute_code}'; deliver it or train a card without it")
    column = borrowers.column(attribute_code).cast(pa.float64())
    return column.to_numpy(zero_copy_only=False).astype(float)


def bin_indexes(values: np.ndarray, bins: tuple[Bin, ...]) -> np.ndarray:
    """Position in `bins` of the bin each value falls in; `bins` as given by `ScorecardVersion.bins_of`."""
    inner = np.array([row.lower_bound for row in bins if not row.is_missing_bin and row.lower_bound is not None], dtype=float)
    indexes = np.searchsorted(inner, values, side="right")
    return np.where(np.isnan(values), len(bins) - 1, indexes)


def score_borrowers(card: ScorecardVersion, borrowers: pa.Table) -> pa.Table:
    """Score, probability of default and reason codes of every borrower, in the order given.

    Reason codes are the attributes that cost most points against the best bin of their attribute, the card's order
    deciding between equals; fewer than three where fewer cost anything.
    """
    points = np.zeros((borrowers.num_rows, len(card.attributes)), dtype=np.int64)
    best = np.zeros(len(card.attributes), dtype=np.int64)
    for position, attribute_code in enumerate(card.attributes):
        bins = card.bins_of(attribute_code)
        points_of_bins = np.array([row.points for row in bins], dtype=np.int64)
        points[:, position] = points_of_bins[bin_indexes(attribute_values(borrowers, attribute_code), bins)]
        best[position] = points_of_bins.max()
    scores = card.header.base_points + points.sum(axis=1)
    lost = best - points
    order = np.argsort(-lost, axis=1, kind="stable")[:, :REASON_COUNT]
    names = np.array(card.attributes, dtype=object)
    table = {
        "borrower_number": borrowers.column("borrower_number"),
        "score": pa.array(scores, pa.int64()),
        "probability_of_default": pa.array(probability_of_default(card.header, scores), pa.float64()),
    }
    for rank in range(order.shape[1]):
        chosen = order[:, rank]
        costs = np.take_along_axis(lost, chosen[:, None], axis=1)[:, 0] > 0
        table[f"reason_code_{rank + 1}"] = pa.array(np.where(costs, names[chosen], None), pa.string())
    return pa.table(table)


def probability_of_default(header: CardHeader, scores: np.ndarray) -> np.ndarray:
    """Probability of being bad that a score stands for: 1 / (1 + odds of being good)."""
    return 1.0 / (1.0 + np.exp((scores - header.score_offset) / header.score_factor))


def area_under_curve(scores: np.ndarray, is_bad: np.ndarray) -> float:
    """Probability that a bad borrower scores below a good one, ties counting half (Mann and Whitney's rank sum)."""
    bad, good = np.sort(scores[is_bad]), np.sort(scores[~is_bad])
    if not len(bad) or not len(good):
        raise ScorecardError("the sample has no bad or no good borrower, so it has no AUC; take a larger sample")
    above = len(good) - np.searchsorted(good, bad, side="right")
    equal = np.searchsorted(good, bad, side="right") - np.searchsorted(good, bad, side="left")
    return float((above + 0.5 * equal).sum() / (len(bad) * len(good)))


def kolmogorov_smirnov(scores: np.ndarray, is_bad: np.ndarray) -> float:
    """Largest distance between the cumulative shares of bad and good borrowers over the scores."""
    bad, good = np.sort(scores[is_bad]), np.sort(scores[~is_bad])
    if not len(bad) or not len(good):
        raise ScorecardError("the sample has no bad or no good borrower, so it has no KS; take a larger sample")
    edges = np.unique(scores)
    share_bad = np.searchsorted(bad, edges, side="right") / len(bad)
    share_good = np.searchsorted(good, edges, side="right") / len(good)
    return float(np.abs(share_bad - share_good).max())


def scaling(base_score: int, base_odds: int, points_to_double_odds: int) -> tuple[float, float]:
    """(score_factor, score_offset) of the linear scale on which `base_score` means odds of `base_odds` to one."""
    factor = points_to_double_odds / math.log(2)
    return factor, base_score - factor * math.log(base_odds)
