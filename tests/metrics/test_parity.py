"""Every catalogue metric over the fixture deliveries: MetricFlow's own values, sums and quotients beside what is published.

`make parity` compares every cut; here every metric is compared at its most finely divided cut of the coarsest grain and at two others.
"""

from __future__ import annotations

import pytest

from metrics_dictionary.arithmetic import check_arithmetic, is_sum
from metrics_dictionary.definitions import Dictionary, find_manifest
from metrics_dictionary.engine import Engine
from metrics_dictionary.formulas import formula_of
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.parity import compare_with_metricflow
from metrics_dictionary.query import open_database

CUTS_PER_METRIC = 3
NO_SUMS = {"page_development_saving"}
"""One less a quotient of two costs per page: over one line that is a product of sums, which no parts make up."""


@pytest.fixture(scope="module")
def dictionary(fixture_folder: DataFolder) -> Dictionary:
    """The definitions the fixture folder was published with."""
    return Dictionary(find_manifest(fixture_folder))


def test_every_metric_equals_metricflow(fixture_folder: DataFolder, dictionary: Dictionary) -> None:
    database = fixture_folder.published_database.resolve()
    with open_database(database) as connection, Engine(dictionary, fixture_folder.compiled / "parity") as engine:
        day = connection.execute("select as_of_date from metrics.publication").fetchone()[0]
        compared = compare_with_metricflow(connection, engine, day, sample=CUTS_PER_METRIC)
    assert compared.differences == ()
    assert compared.metrics == len(dictionary.published)
    assert compared.cuts > 0.9 * CUTS_PER_METRIC * compared.metrics


def test_parts_and_quotients(fixture_folder: DataFolder, dictionary: Dictionary) -> None:
    with open_database(fixture_folder.published_database.resolve()) as connection:
        checks = check_arithmetic(connection, dictionary)
    assert [(check.subject, check.examples) for check in checks if check.differing] == []
    assert all(check.rebuilt > 1000 for check in checks)


def test_only_one_ratio_is_no_quotient_of_sums(dictionary: Dictionary) -> None:
    ratios = {m.name: formula_of(m, dictionary) for m in dictionary.published.values() if m.governance.additivity == "ratio"}
    assert {name for name, formula in ratios.items() if not is_sum(formula.numerator) or not is_sum(formula.denominator)} == NO_SUMS
