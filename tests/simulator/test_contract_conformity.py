"""Every file keeps its contract, apart from the rows that were planted to break it."""

from __future__ import annotations

import hashlib
import json

import duckdb
import pytest

from tests.simulator.conftest import SimulatedGroup, contracts

ENTITIES = sorted(contracts())


def _without_bad_rows(entity: str) -> str:
    same_row = "bad_rows.file = _file and bad_rows.row_number = _row_number"
    return f"(select * from all_{entity} anti join bad_rows on {same_row})"


@pytest.mark.parametrize("path", ENTITIES)
def test_columns_are_those_of_the_contract_in_its_order(group: SimulatedGroup, path: str) -> None:
    wanted = list(contracts()[path]["columns"])
    for landed_file in group.files:
        if not landed_file.path.startswith(path + "/"):
            continue
        file = group.folder / "landing" / landed_file.path
        reader = {"parquet": "read_parquet", "jsonl": "read_json"}.get(file.suffix[1:], "read_csv")
        sample = f"select * from {reader}('{file}', hive_partitioning = false) limit 0"
        assert [column for column, *_ in duckdb.execute(f"describe {sample}").fetchall()] == wanted, landed_file.path


@pytest.mark.parametrize("path", ENTITIES)
def test_values_keep_type_range_pattern_and_list(landed: duckdb.DuckDBPyConnection, path: str) -> None:
    entity = path.split("/")[1]
    broken = {}
    for name, column in contracts()[path]["columns"].items():
        value = f'try_cast("{name}" as {column["type"]})'
        faults = [f'"{name}" is not null and {value} is null']
        if column.get("required"):
            faults.append(f'"{name}" is null')
        if "allowed" in column:
            faults.append(f'"{name}" not in ({", ".join(repr(word) for word in column["allowed"])})')
        if "pattern" in column:
            faults.append(f"not regexp_full_match(\"{name}\", '{column['pattern']}')")
        if "minimum" in column:
            faults.append(f"{value} < {column['minimum']}")
        if "maximum" in column:
            faults.append(f"{value} > {column['maximum']}")
        if column["type"] == "varchar":
            faults.append(f'length("{name}") > {column.get("max_length", 200)}')
            faults.append(f"\"{name}\" similar to '[=+@-].*'")
        if column["type"] in ("date", "timestamp") and column.get("future") != "allowed":
            faults.append(f"{value}::date > dt")
        count = landed.execute(f"select count(*) from {_without_bad_rows(entity)} where {' or '.join(faults)}").fetchone()
        if count and count[0]:
            broken[name] = count[0]
    assert broken == {}


@pytest.mark.parametrize("path", ENTITIES)
def test_a_key_is_delivered_once_or_once_a_file(landed: duckdb.DuckDBPyConnection, path: str) -> None:
    entity, contract = path.split("/")[1], contracts()[path]
    key = ", ".join(contract["key"] + ([] if contract["delivery"] == "append" else ["dt"]))
    doubled = landed.execute(f"select {key}, count(*) from {_without_bad_rows(entity)} group by all having count(*) > 1").fetchall()
    assert doubled == []


@pytest.mark.parametrize("path", ENTITIES)
def test_references_were_delivered_before(landed: duckdb.DuckDBPyConnection, path: str) -> None:
    entity = path.split("/")[1]
    early = landed.execute(
        "select regexp_extract(explanation, 'claim (CL[0-9]+)', 1) from deliveries where kind = 'claim_before_policy'"
    ).fetchall()
    for name, column in contracts()[path]["columns"].items():
        if "references" not in column:
            continue
        target_entity, target_column = column["references"].split("/")[1].split(".")
        orphans = landed.execute(
            f'select rows."{name}", rows.dt from {_without_bad_rows(entity)} as rows '
            f"left join (select {target_column} as target, min(dt) as dt from {_without_bad_rows(target_entity)} "
            "group by all) as targets "
            f'on targets.target = rows."{name}" and targets.dt <= rows.dt where rows."{name}" is not null and '
            "targets.target is null"
        ).fetchall()
        if path == "claims/claim" and name == "policy_number":
            held_back = landed.execute("select policy_number from all_claim where claim_number = ?", early[0]).fetchall()
            assert [key for key, _ in orphans] == [key for (key,) in held_back]
        else:
            assert orphans == [], name


@pytest.mark.parametrize("path", ENTITIES)
def test_no_column_is_constant_or_empty(landed: duckdb.DuckDBPyConnection, path: str) -> None:
    entity = path.split("/")[1]
    names = list(contracts()[path]["columns"])
    counts = landed.execute(
        "select " + ", ".join(f'count(distinct "{n}") + (count("{n}") < count(*))::integer' for n in names) + f" from {entity}"
    ).fetchone()
    assert counts is not None
    constant = [name for name, count in zip(names, counts, strict=True) if count < 2]
    # A single lender of a single product; nothing else may be constant.
    assert constant == (["organisation_code", "product_code"] if entity == "loan" else [])


def test_control_files_tell_rows_and_digest(group: SimulatedGroup) -> None:
    for landed_file in group.files:
        file = group.folder / "landing" / landed_file.path
        control = json.loads(file.with_name(file.name + ".control.json").read_text(encoding="utf-8"))
        assert control == {"rows": landed_file.rows, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}


def test_files_stay_few_and_say_that_they_are_simulated(group: SimulatedGroup) -> None:
    assert len(group.files) < 15 * len(ENTITIES)
    origin = json.loads((group.folder / "landing" / "_origin.json").read_text(encoding="utf-8"))
    assert origin["simulated"] is True
    assert (origin["seed"], origin["scale"]) == (1, "small")
