"""The scorecard: training, points, files, approval, and that SQL scores exactly as Python does."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from sklearn.metrics import roc_auc_score

from metrics_dictionary.locations import DataFolder
from orchestration.lib.raw_database import open_raw_database
from orchestration.lib.scorecard import (
    ATTRIBUTES,
    ScorecardError,
    ScorecardVersion,
    area_under_curve,
    kolmogorov_smirnov,
    probability_of_default,
    score_borrowers,
)
from orchestration.lib.scorecard_files import SEEDS_FOLDER, approve_card, read_cards, write_cards
from orchestration.lib.scorecard_training import is_holdout, propose_card, read_borrowers, train_scorecard
from tests.orchestration.lib.scoring_in_sql import build_scores, differing_rows, project_with_card, quality_in_sql


def borrowers_like_ours(count: int, seed: int = 7) -> pa.Table:
    """Borrowers whose risk rises with utilisation and past arrears and falls with age; some values missing."""
    random = np.random.default_rng(seed)
    age = random.integers(18, 91, count)
    utilisation = np.round(random.beta(1, 2, count) * 1.2, 6)
    late = random.poisson(0.3, count)
    income = np.round(random.lognormal(9, 0.6, count), 2)
    risk = -3.5 + 3.0 * utilisation + 0.9 * late - 0.03 * (age - 45)
    is_bad = random.random(count) < 1 / (1 + np.exp(-risk))
    missing = random.random(count) < 0.1
    counts = {name: random.integers(0, 6, count) for name in ATTRIBUTES if name.endswith("_count")}
    counts["past_due_30_59_count"] = late
    columns = {
        "borrower_number": [f"T{number:06d}" for number in range(count)],
        "observation_date": [date(2020, 1 + number % 12, 1 + number % 28) for number in range(count)],
        "age": age,
        "monthly_income_amount": pa.array(np.where(missing, np.nan, income), from_pandas=True),
        "debt_ratio": np.round(random.gamma(2, 0.2, count), 6),
        "revolving_utilisation_ratio": utilisation,
        **counts,
        "is_serious_delinquent": is_bad,
    }
    return pa.table(columns)


@pytest.fixture(scope="module")
def borrowers() -> pa.Table:
    return borrowers_like_ours(6000)


@pytest.fixture(scope="module")
def card(borrowers: pa.Table) -> ScorecardVersion:
    return train_scorecard(borrowers, training_data="made for tests")


def test_the_card_finds_what_drives_the_risk(card: ScorecardVersion) -> None:
    assert {"age", "revolving_utilisation_ratio", "past_due_30_59_count"} <= set(card.attributes)
    assert card.header.holdout_auc > 0.7
    assert card.header.development_count + card.header.holdout_count == card.header.sample_count == 6000


def test_better_evidence_never_costs_points(card: ScorecardVersion) -> None:
    for attribute_code in card.attributes:
        bins = sorted(card.bins_of(attribute_code), key=lambda row: row.woe)
        assert [row.points for row in bins] == sorted(row.points for row in bins)


def test_600_points_are_odds_of_50_and_20_more_double_them(card: ScorecardVersion) -> None:
    at_base, twenty_more = probability_of_default(card.header, np.array([600, 620]))
    assert math.isclose((1 - at_base) / at_base, 50)
    assert math.isclose((1 - twenty_more) / twenty_more, 100)


def test_mean_probability_of_default_is_the_share_of_bad_borrowers(card: ScorecardVersion, borrowers: pa.Table) -> None:
    expected = np.mean(score_borrowers(card, borrowers).column("probability_of_default").to_numpy())
    assert expected == pytest.approx(card.header.bad_count / card.header.sample_count, rel=0.05)


def test_the_same_borrowers_in_any_order_give_the_same_card(card: ScorecardVersion, borrowers: pa.Table) -> None:
    shuffled = borrowers.take(np.random.default_rng(1).permutation(borrowers.num_rows))
    assert train_scorecard(shuffled, training_data="made for tests") == card


def test_a_value_on_a_bound_belongs_to_the_bin_above_and_a_missing_one_to_its_own(card: ScorecardVersion) -> None:
    for attribute_code in card.attributes:
        for row in card.bins_of(attribute_code):
            value = None if row.is_missing_bin else row.lower_bound if row.lower_bound is not None else -1e300
            borrower = pa.table(
                {"borrower_number": ["B"]}
                | {name: pa.array([value if name == attribute_code else None], pa.float64()) for name in ATTRIBUTES}
            )
            missing = sum(card.bins_of(name)[-1].points for name in card.attributes if name != attribute_code)
            score = score_borrowers(card, borrower).column("score")[0].as_py()
            assert score == card.header.base_points + missing + row.points


def test_auc_equals_scikit_learn_with_ties_and_ks_is_known() -> None:
    scores, is_bad = np.array([1, 1, 1, 2, 2, 3, 3, 3]), np.array([1, 1, 0, 1, 0, 1, 0, 0], dtype=bool)
    assert area_under_curve(scores, is_bad) == pytest.approx(10.5 / 16)
    assert area_under_curve(scores, is_bad) == pytest.approx(roc_auc_score(is_bad, -scores))
    assert kolmogorov_smirnov(scores, is_bad) == pytest.approx(0.25)


def test_a_one_sided_or_small_sample_is_refused(borrowers: pa.Table) -> None:
    with pytest.raises(ScorecardError, match="at least 50 of each"):
        train_scorecard(borrowers.slice(0, 100), training_data="too few")
    with pytest.raises(ScorecardError, match="no bad or no good"):
        area_under_curve(np.array([1, 2]), np.array([True, True]))


def test_missing_column_is_named(card: ScorecardVersion, borrowers: pa.Table) -> None:
    with pytest.raises(ScorecardError, match="'age'"):
        score_borrowers(card, borrowers.drop_columns(["age"]))


def test_files_hold_a_card_exactly(card: ScorecardVersion, tmp_path: Path) -> None:
    write_cards([card], tmp_path)
    assert read_cards(tmp_path) == [card]


def test_approval_retires_the_card_before_and_refuses_a_known_version(card: ScorecardVersion, tmp_path: Path) -> None:
    first, second = card.renamed("first"), card.renamed("second")
    approve_card(first, tmp_path, approved_by="A", valid_from=date(2024, 1, 1), change_reason="First card")
    approve_card(second, tmp_path, approved_by="B", valid_from=date(2025, 1, 1), change_reason="Drift")
    states = {c.header.card_version: (c.header.status, c.header.valid_to_date) for c in read_cards(tmp_path)}
    assert states == {"first": ("retired", date(2025, 1, 1)), "second": ("approved", None)}
    with pytest.raises(ScorecardError, match="needs a new version name"):
        approve_card(second, tmp_path, approved_by="B", valid_from=date(2025, 1, 1), change_reason="Again")


def test_one_card_is_approved_in_the_project_and_its_name_carries_its_fingerprint() -> None:
    approved = [card for card in read_cards(SEEDS_FOLDER) if card.header.status == "approved"]
    assert len(approved) == 1
    assert approved[0].header.card_version.endswith(approved[0].fingerprint)
    assert approved[0].header.approved_by


@pytest.fixture(scope="module")
def scored(card: ScorecardVersion, tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFolder, ScorecardVersion]:
    """A data folder of 2,000 borrowers, every bound of the card among them, scored by dbt under that card."""
    folder = DataFolder(tmp_path_factory.mktemp("scored"))
    made = borrowers_like_ours(2000, seed=8)
    rows = made.to_pylist()
    bounds = [(row.attribute_code, row.lower_bound) for row in card.bins if row.lower_bound is not None]
    for row, (attribute_code, bound) in zip(rows, bounds, strict=False):
        if made.schema.field(attribute_code).type == pa.float64():
            row[attribute_code] = bound
    for row in rows[-50:]:
        row["is_serious_delinquent"] = None
    connection = open_raw_database(folder)
    connection.register("made", pa.Table.from_pylist(rows, schema=made.schema))
    connection.execute("insert into lending.borrower by name select * from made")
    connection.close()
    build_scores(folder, project_with_card(card, folder.root / "project"))
    return folder, card


def test_sql_scores_every_row_as_python_does(scored: tuple[DataFolder, ScorecardVersion]) -> None:
    folder, card = scored
    assert differing_rows(folder, card, read_borrowers(folder)) == (2000, 0)


def test_a_wrong_point_is_noticed(scored: tuple[DataFolder, ScorecardVersion]) -> None:
    folder, card = scored
    bins = tuple(replace(row, points=row.points + 1) if row.attribute_code == "age" else row for row in card.bins)
    assert differing_rows(folder, replace(card, bins=bins), read_borrowers(folder)) == (2000, 2000)


def test_sql_quality_is_what_python_measures(scored: tuple[DataFolder, ScorecardVersion]) -> None:
    folder, card = scored
    borrowers = read_borrowers(folder)
    known = borrowers.filter(borrowers.column("is_serious_delinquent").is_valid())
    scores = score_borrowers(card, known).column("score").to_numpy()
    is_bad = np.array(known.column("is_serious_delinquent").to_pylist(), dtype=bool)
    held_out = is_holdout(known.column("borrower_number").to_pylist())
    quality = quality_in_sql(folder, card.header.card_version)
    for sample, chosen in (("all", np.ones(len(is_bad), dtype=bool)), ("holdout", held_out), ("development", ~held_out)):
        assert quality[sample] == pytest.approx(
            (area_under_curve(scores[chosen], is_bad[chosen]), kolmogorov_smirnov(scores[chosen], is_bad[chosen]))
        )
    assert quality["other"] == (None, None)


def test_a_candidate_is_proposed_beside_the_seeds_and_never_over_them(
    scored: tuple[DataFolder, ScorecardVersion],
) -> None:
    folder, _ = scored
    before = {file: file.read_bytes() for file in SEEDS_FOLDER.iterdir()}
    proposed = propose_card(folder, training_data="made for tests")
    assert proposed.parent == folder.root / "scorecards"
    assert [candidate.header.status for candidate in read_cards(proposed)] == ["candidate"]
    assert propose_card(folder, training_data="made for tests") == proposed
    assert {file: file.read_bytes() for file in SEEDS_FOLDER.iterdir()} == before
