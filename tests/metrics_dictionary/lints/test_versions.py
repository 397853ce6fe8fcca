"""Faults between the versions of a metric."""

from __future__ import annotations

import pytest

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.lints.versions import version_problems

BETWEEN = (
    '"owner": "Tester", "steward": "Tester", "subject": "business", "evaluation": "operations", "angle": "business", '
    '"source_reference": "S1", "evidence_level": "BK", "tolerance": 0, "version": 1, "version_of"'
)


def test_versions_that_follow_one_another_are_sound(tiny_dictionary: Dictionary) -> None:
    assert [m.name for m in tiny_dictionary.versions("answered_share")] == ["answered_share_version_1", "answered_share"]
    assert version_problems(tiny_dictionary) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"version_of": "answered_share"', '"version_of": "answered_shar"', "did you mean answered_share"),
        ('"version_of": "answered_share"', '"version_of": "answer_rate"', "name it answer_rate_version_1"),
        ('"valid_to": "2024-01-31"', '"valid_to": "2024-01-30"', "must be 2024-01-31, the day before version 2 is valid"),
        ('"version": 1, "version_of"', '"version": 2, "version_of"', "count versions upwards"),
        (f'"higher", {BETWEEN}', f'"lower", {BETWEEN}', "config.meta.direction differs"),
    ],
)
def test_versions_that_do_not_fit_are_named(changed_dictionary, old: str, new: str, expected: str) -> None:
    problems = version_problems(changed_dictionary(old, new))
    assert any(expected in problem and "answered_share_version_1" in problem for problem in problems), problems
