"""Faults in definitions: each is found and said with its file and field."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from metrics_dictionary.definition_files import DEFINITIONS, definition_file_problems
from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.lints.checks import lost_definitions, metric_problems, target_problems

TINY_DEFINITIONS = Path(__file__).parent.parent / "tiny_project" / "definitions"
HEADER = "metric_code,organisation_code,grain,valid_from,valid_to,target_value,amber_value,red_value,kind,source\n"


@pytest.fixture
def with_change(tmp_path: Path) -> Callable[[str, str, str], list[str]]:
    """The problems after replacing a text in one file of the tiny definitions."""

    def problems(file: str, old: str, new: str) -> list[str]:
        shutil.copytree(TINY_DEFINITIONS, tmp_path / "definitions")
        path = tmp_path / "definitions" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return definition_file_problems(tmp_path / "definitions")

    return problems


def test_sound_definitions_have_no_problems(tiny_dictionary: Dictionary) -> None:
    assert definition_file_problems(TINY_DEFINITIONS) == []
    assert lost_definitions(tiny_dictionary, TINY_DEFINITIONS) == []
    assert metric_problems(tiny_dictionary) == []


def test_the_projects_own_files_have_no_problems() -> None:
    assert definition_file_problems(DEFINITIONS) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("written_premium.yml", "metrics:", "metrcs:", "unknown top-level key 'metrcs'; did you mean metrics"),
        ("written_premium.yml", "metrics:", "metrcs:", "defines nothing"),
        ("written_premium.yml", "type_params", "type_parms", "unknown key 'type_parms'"),
        ("written_premium.yml", "    config:\n", "    confg:\n", "unknown key 'confg'; did you mean config"),
        ("written_premium.yml", "owner:", "ownr:", "config.meta.ownr is not a known key"),
        ("written_premium.yml", "        owner: Tester\n", "", "config.meta.owner is missing"),
        ("written_premium.yml", "unit: yuan", "unit: dollar", "config.meta.unit"),
        ("written_premium.yml", "valid_from: 2015-01-01", "valid_from: soon", "config.meta.valid_from"),
        ("written_premium.yml", "valid_to: null", "valid_to: 2014-01-01", "lies before valid_from"),
        ("written_premium.yml", "definition_zh: 测试用指标。", "definition_zh: ''", "config.meta.definition_zh"),
        ("written_premium.yml", "grains: [day,", "grains: [minute, day,", "config.meta.grains"),
        ("written_premium.yml", "name: written_premium", "name: earned_premium", "name the file earned_premium.yml"),
        ("written_premium.yml", "label: written_premium", "label: answer_rate", "label 'answer_rate' stands in"),
        ("written_premium.yml", "format: amount", "format: percent", "format percent shows a ratio"),
        ("persistency.yml", "maturity_months: 13", "maturity_months: soon", "maturity_months must be a whole number"),
        ("sem_fct_contacts.yml", "name: contact_count", "name: payment_count", "measure 'payment_count' stands in"),
        ("written_premium.yml", "version: 2\n", "version: 2\n\tx: 1\n", "not readable as YAML"),
    ],
)
def test_faults_in_files(with_change, file: str, old: str, new: str, expected: str) -> None:
    problems = with_change(file, old, new)
    assert any(expected in problem and (file in problem or "stands in" in problem) for problem in problems), problems


def test_an_entry_dbt_does_not_know_is_lost(tiny_dictionary: Dictionary, tmp_path: Path) -> None:
    (tmp_path / "new_metric.yml").write_text("version: 2\nmetrics:\n  - name: new_metric\n", encoding="utf-8")
    assert "new_metric.yml: metric 'new_metric' is not in dbt's semantic manifest" in lost_definitions(tiny_dictionary, tmp_path)[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"dimensions": ["organisation"]', '"dimensions": ["organisation", "product"]', "has no such entity"),
        ('"grains": ["month", "quarter", "year"], "parameters"', '"grains": ["day"], "parameters"', "is by month"),
        ('"additivity": "semi_additive"', '"additivity": "additive"', "the parts do not make up the whole"),
        ('"period_agg": "last"', '"period_agg": "first"', "write period_agg: last"),
        ("/ nullif(premium_amount, 0)", "/ premium_amount", "the denominator can be 0"),
    ],
)
def test_faults_seen_in_the_manifest(changed_dictionary, old: str, new: str, expected: str) -> None:
    problems = metric_problems(changed_dictionary(old, new))
    assert any(expected in problem for problem in problems), problems


def test_targets_are_checked(tiny_dictionary: Dictionary, tmp_path: Path) -> None:
    targets = tmp_path / "metric_targets.csv"
    rows = [
        "answer_rate,,,2024-01-01,,0.9,0.8,,proposal,S1",
        "answer_rat,,,2024-01-01,,0.9,0.8,,proposal,S1",
        "written_premium,,,2024-01-01,,100,,,proposal,S1",
        "persistency,,day,2024-01-01,,0.9,,,proposal,S1",
        "answer_rate,,,2025-01-01,,0.9,0.95,,proposal,S1",
    ]
    targets.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    problems = target_problems(tiny_dictionary, targets)
    assert [problem.split(":")[0] for problem in problems] == [f"metric_targets.csv line {n}" for n in (3, 4, 5, 6)]
