"""Owners and stewards who are nobody."""

from __future__ import annotations

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.lints.people import known_people, people_problems


def test_owner_and_steward_must_exist(tiny_dictionary: Dictionary) -> None:
    assert people_problems(tiny_dictionary, {"Tester"}) == []
    (owner, steward, *_) = people_problems(tiny_dictionary, {"Testers"})
    assert owner == "metric answer_rate: config.meta.owner: unknown person 'Tester'; did you mean Testers?"
    assert "config.meta.steward" in steward


def test_people_are_those_of_the_labels() -> None:
    assert {"Head of credit risk", "Actuarial department"} <= known_people()
