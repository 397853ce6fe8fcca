"""Contracts: a typo is an error, parents come first, and what is derived from them agrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.lib.contract_rendering import rendered_files
from orchestration.lib.contracts import Contract, ContractError, all_contracts, read_contract
from orchestration.lib.row_rules import RULES, Delivered, row_checks

TEXT = """
name: {zh: 物, en: Thing}
grain: One row per thing.
delivery: append
key: [thing_number]
business_date: made_date
freshness_days: 3
columns:
  thing_number: {type: varchar, required: true, zh: 号, en: Number}
  made_date: {type: date, required: true, zh: 日, en: Day}
  parent_number: {type: varchar, references: shop/thing.thing_number, zh: 上级, en: Parent}
"""


def write(folder: Path, text: str, entity: str = "thing") -> Path:
    file = folder / "shop" / f"{entity}.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_contract_is_read(tmp_path: Path) -> None:
    contract = read_contract(write(tmp_path, TEXT))
    assert (contract.path, contract.touching_columns, contract.personal_columns) == ("shop/thing", ["made_date"], {})
    assert contract.columns["parent_number"].reference == ("shop", "thing", "thing_number")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("freshness_days: 3", "freshnes_days: 3"),
        ("delivery: append", "delivery: sometimes"),
        ("type: date, required: true", "type: datum, required: true"),
        ("made_date: {", "made_date: {minimun: 3, "),
        ("key: [thing_number]", "key: [number]"),
        ("type: varchar, required: true", "type: varchar"),
        ("grain:", "\tgrain:"),
    ],
)
def test_contract_with_a_typo_is_refused_and_named(tmp_path: Path, before: str, after: str) -> None:
    assert before in TEXT
    file = write(tmp_path, TEXT.replace(before, after, 1))
    with pytest.raises(ContractError, match=r"thing\.yml"):
        read_contract(file)


@pytest.mark.parametrize("target", ["shop/nothing.thing_number", "shop/thing.colour"])
def test_reference_to_nothing_is_refused(tmp_path: Path, target: str) -> None:
    write(tmp_path, TEXT.replace("shop/thing.thing_number", target))
    with pytest.raises(ContractError, match="parent_number"):
        all_contracts(tmp_path)


def test_parents_come_before_children() -> None:
    order = list(all_contracts())
    for path, contract in all_contracts().items():
        for column in contract.columns.values():
            if column.reference:
                parent = "/".join(column.reference[:2])
                assert order.index(parent) <= order.index(path)


def test_rendered_files_agree_with_the_contracts() -> None:
    different = [str(path) for path, text in rendered_files().items() if path.read_text(encoding="utf-8") != text]
    assert different == [], "run `zhicang contracts render`"


@pytest.mark.parametrize("contract", all_contracts().values(), ids=lambda contract: contract.path)
def test_checks_of_every_contract_come_in_the_documented_order(contract: Contract) -> None:
    checks = row_checks(contract, {name: Delivered(f"d{i}", "text") for i, name in enumerate(contract.columns)})
    positions = [list(RULES).index(check.rule) for check in checks]
    assert positions == sorted(positions)
    required = {name for name, column in contract.columns.items() if column.required}
    assert {check.column for check in checks if check.rule == "required"} == required


def test_every_rule_is_explained_in_the_runbook() -> None:
    runbook = (Path(__file__).parents[3] / "docs" / "runbooks" / "quarantine.md").read_text(encoding="utf-8")
    assert [rule for rule in RULES if f"`{rule}`" not in runbook] == []
