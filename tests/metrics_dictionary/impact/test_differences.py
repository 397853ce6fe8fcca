"""What differs between two versions: the meaning of models, not their words; what definitions compute, not what they are called."""

from __future__ import annotations

from collections.abc import Callable

from metrics_dictionary.impact.differences import definition_changes, marts_of, node_changes
from metrics_dictionary.impact.versions import Version
from tests.metrics_dictionary.impact.handmade import MODELS


def test_each_kind_of_change_is_told(version: Callable[..., Version]) -> None:
    day = {"sql": "select date '2024-01-01' as date_day"}
    base = version("base", {"gone": day, "typed": {**day, "columns": {"date_day": "date"}}, "kept": day})
    head = version(
        "head",
        {
            "fresh": day,
            "typed": {**day, "columns": {"date_day": "timestamp"}},
            "kept": {**day, "view": True},
            "dim_date": day,
            "stg_payments": {
                "sql": 'select *\nfrom "raw"."shop"."payment" -- all',
                "parents": ["shop/payment"],
                "view": True,
                "schema": "staging",
            },
        },
    )
    kinds = {name: change.kind for name, change in node_changes(base, head).items()}
    assert kinds == {
        "gone": "removed",
        "fresh": "added",
        "typed": "columns",
        "kept": "storage",
        "dim_date": "query",
        "stg_payments": "rewritten",
    }


def test_the_columns_computed_differently_are_named(version: Callable[..., Version]) -> None:
    daily = MODELS["agg_premiums_daily"]
    head = {**daily, "sql": daily["sql"].replace("sum(premium_amount)", "max(premium_amount)")}
    filtered = {**daily, "sql": daily["sql"].replace("group by all", "where premium_amount > 0 group by all")}
    base = version("base")
    assert node_changes(base, version("head", {"agg_premiums_daily": head}))["agg_premiums_daily"].columns == ("premium_amount",)
    assert node_changes(base, version("filtered", {"agg_premiums_daily": filtered}))["agg_premiums_daily"].columns == ("*",)


def test_a_seed_differs_by_its_bytes(version: Callable[..., Version]) -> None:
    seed = {"seed": True, "file": "rates.csv", "columns": {"rate": "double"}}
    base, head = version("base", {"rates": seed}), version("head", {"rates": seed})
    for side in (base, head):
        (side.root / "rates.csv").write_text("rate\n0.5\n", encoding="utf-8")
    assert node_changes(base, head) == {}
    (head.root / "rates.csv").write_text("rate\n0.6\n", encoding="utf-8")
    assert {name: change.kind for name, change in node_changes(base, head).items()} == {"rates": "data"}


def test_an_aggregation_redefines_every_metric_over_it_and_no_other(version: Callable[..., Version]) -> None:
    def redefined_measure(content: dict) -> None:
        measures = [m for model in content["semantic_models"] for m in model["measures"]]
        next(m for m in measures if m["name"] == "premium_amount")["agg"] = "max"

    base, head = version("base"), version("head", redefine=redefined_measure)
    found = definition_changes(base.dictionary, head.dictionary)
    redefined = {code for code, change in found.items() if change.is_computed_differently}
    over_premium = {
        m.code for m in base.dictionary.published.values() if "premium_amount" in {x.name for x in base.dictionary.measures_of(m)}
    }
    assert redefined == over_premium
    assert redefined


def test_words_alone_redefine_nothing(version: Callable[..., Version]) -> None:
    def reworded(content: dict) -> None:
        metric = next(m for m in content["metrics"] if m["name"] == "written_premium")
        metric["config"]["meta"]["definition_en"] = metric["description"] = metric["label"] = "In other words."

    base, head = version("base"), version("head", redefine=reworded)
    (change,) = definition_changes(base.dictionary, head.dictionary).values()
    assert (change.code, change.fields, change.is_computed_differently) == ("written_premium", ("definition_en",), False)


def test_a_metric_reads_its_mart_its_companies_and_the_calendar(version: Callable[..., Version]) -> None:
    dictionary = version("base").dictionary
    assert marts_of(dictionary.catalogue["written_premium"], dictionary) == {"agg_premiums_daily", "dim_organisation", "dim_date"}
