"""Handmade versions of a small project: the semantic manifest of the tiny project over models written in the test."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.impact.versions import Version
from metrics_dictionary.locations import DataFolder

PAYMENTS = "shop/payment"
Model = Mapping[str, Any]
MakeVersion = Callable[..., Version]

MODELS: dict[str, Model] = {
    "stg_payments": {"sql": 'select * from "raw"."shop"."payment"', "parents": [PAYMENTS], "view": True, "schema": "staging"},
    "agg_premiums_daily": {
        "sql": """
            select accounting_date, organisation_code, channel_code, product_code, sum(premium_amount) as premium_amount,
                cast(count(*) as bigint) as payment_count, cast(0 as double) as rate_weight
            from "zhicang"."staging"."stg_payments" group by all
        """,
        "parents": ["stg_payments"],
        "key": ["accounting_date", "organisation_code", "channel_code", "product_code"],
    },
    "dim_date": {
        "sql": """
            select cast(day_start as date) as date_day
            from (select unnest(range(date '2022-01-01', date '2025-01-01', interval 1 day)) as day_start)
        """
    },
    "dim_organisation": {
        "sql": "select * from (values ('LIFE_BJ', 'LIFE_BJ', 'LIFE')) as o (organisation_code, branch_code, company_code)",
        "key": ["organisation_code"],
    },
}

LEDGERS = """
create schema meta; create schema shop;
create table meta.loads (
    load_id bigint, source varchar, entity varchar, file varchar, rows_loaded bigint, delivered_date date, status varchar
);
create table meta.touched_dates (load_id bigint, source varchar, entity varchar, business_date date, built_by_run_id varchar);
create table meta.runs (run_id varchar, started_at timestamp, project_hash varchar);
create table shop.payment (
    accounting_date date, organisation_code varchar, channel_code varchar, product_code varchar, premium_amount decimal(18, 2)
);
"""


def manifest_of(models: Mapping[str, Model]) -> dict[str, Any]:
    """What dbt writes of models, as far as it is read: compiled SQL, parents, contracts and key tests."""
    uid = {name: f"{'seed' if m.get('seed') else 'model'}.tiny.{name}" for name, m in models.items()}
    deliveries = {p for m in models.values() for p in m.get("parents", ()) if "/" in p}
    uid |= {d: f"source.tiny.{d.replace('/', '.')}" for d in deliveries}
    nodes: dict[str, Any] = {}
    for name, model in models.items():
        columns = model.get("columns", {})
        nodes[uid[name]] = {
            "resource_type": "seed" if model.get("seed") else "model",
            "alias": name,
            "schema": model.get("schema", "marts"),
            "original_file_path": model.get("file", f"models/{model.get('schema', 'marts')}/{name}.sql"),
            "compiled_code": model.get("sql", ""),
            "checksum": {"checksum": ""},
            "columns": {c: {"data_type": kind} for c, kind in columns.items()},
            "depends_on": {"nodes": [uid[p] for p in model.get("parents", ())]},
            "config": {
                "materialized": "view" if model.get("view") else "table",
                "contract": {"enforced": bool(columns)},
                "column_types": columns,
            },
        }
        if model.get("key"):
            kwargs = {"arguments": {"columns": model["key"]}}
            test = {"resource_type": "test", "attached_node": uid[name], "test_metadata": {"name": "unique_combination", "kwargs": kwargs}}
            nodes[f"test.tiny.{name}"] = test
    sources = {uid[d]: dict(zip(("source_name", "name"), d.split("/"), strict=True)) for d in deliveries}
    return {"nodes": nodes, "sources": sources}


@pytest.fixture
def version(tmp_path: Path, tiny_dictionary: Dictionary) -> MakeVersion:
    """A function that makes a version from models beside or instead of MODELS, and definitions that a function has edited."""

    def made(label: str, models: Mapping[str, Model] | None = None, redefine: Callable[[dict[str, Any]], None] | None = None) -> Version:
        root = tmp_path / label
        root.mkdir()
        (root / "manifest.json").write_text(json.dumps(manifest_of({**MODELS, **(models or {})})), encoding="utf-8")
        content = json.loads(tiny_dictionary.text)
        if redefine:
            redefine(content)
        (root / "semantic_manifest.json").write_text(json.dumps(content), encoding="utf-8")
        return Version(label, root, f"hash of {label}", root / "manifest.json")

    return made


@pytest.fixture
def data_folder(tmp_path: Path) -> DataFolder:
    """A data folder with one delivery of two payments, loaded and built by the version `base` in run-1; nothing is published."""
    folder = DataFolder(tmp_path / "data")
    folder.warehouse.mkdir(parents=True)
    with duckdb.connect(str(folder.raw_database)) as raw:
        raw.execute(LEDGERS)
        raw.execute("insert into meta.runs values ('run-1', '2024-02-20', 'hash of base')")
        raw.execute(
            "insert into shop.payment values ('2024-01-10', 'LIFE_BJ', 'online', 'P1', 100), ('2024-01-11', 'LIFE_BJ', 'online', 'P2', 7)"
        )
        raw.execute("insert into meta.loads values (1, 'shop', 'payment', 'first.csv', 2, '2024-02-20', 'loaded')")
        raw.execute("insert into meta.touched_dates values (1, 'shop', 'payment', '2024-01-10', 'run-1')")
    build_warehouse(folder)
    return folder


def build_warehouse(folder: DataFolder) -> None:
    """Build the tables of MODELS as the pipeline leaves them."""
    folder.warehouse_database.unlink(missing_ok=True)
    with duckdb.connect(str(folder.warehouse_database)) as connection:
        connection.execute(f"attach '{folder.raw_database}' as raw (read_only)")
        connection.execute("create schema staging; create schema marts; create schema metrics")
        for name, model in MODELS.items():
            kind = "view" if model.get("view") else "table"
            connection.execute(f"create {kind} {model.get('schema', 'marts')}.{name} as {model['sql']}")
