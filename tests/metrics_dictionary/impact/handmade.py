"""A handmade project of four models over one delivery, and the warehouse the pipeline leaves of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb

from metrics_dictionary.locations import DataFolder

Model = Mapping[str, Any]
PAYMENTS = "shop/payment"

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
            "name": name,
            "alias": name,
            "root_path": ".",
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
    names = ("accounting_date", "organisation_code", "channel_code", "product_code", "premium_amount")
    sources = {
        uid[d]: {
            "source_name": d.split("/")[0],
            "name": d.split("/")[1],
            "schema": d.split("/")[0],
            "identifier": d.split("/")[1],
            "original_file_path": "sources.yml",
            "columns": {column: {} for column in names},
        }
        for d in deliveries
    }
    return {"nodes": nodes, "sources": sources, "metadata": {"project_name": "tiny"}, "child_map": {}}


def build_warehouse(folder: DataFolder) -> None:
    """Build the tables of MODELS as the pipeline leaves them."""
    folder.warehouse_database.unlink(missing_ok=True)
    with duckdb.connect(str(folder.warehouse_database)) as connection:
        connection.execute(f"attach '{folder.raw_database}' as raw (read_only)")
        connection.execute("create schema staging; create schema marts; create schema metrics")
        for name, model in MODELS.items():
            kind = "view" if model.get("view") else "table"
            connection.execute(f"create {kind} {model.get('schema', 'marts')}.{name} as {model['sql']}")
