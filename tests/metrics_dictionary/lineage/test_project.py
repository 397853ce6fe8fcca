"""Lineage of a small project: remembered by content, told in layers, complete about what it does not know."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.lineage.graph import Lineage, read_lineage
from metrics_dictionary.lineage.metrics import METRIC, metric_edges
from metrics_dictionary.lineage.nodes import Node, read_nodes
from metrics_dictionary.lineage.project import Edge, project_lineage
from metrics_dictionary.lineage.relations import ROWS, Column
from metrics_dictionary.lineage.tables import metric_rows

NODES = [
    Node("admin/policy", "delivery", ("admin", "policy"), "s.yml", columns=("policy_number", "premium", "_row_number")),
    Node("rates", "seed", ("reference", "rates"), "rates.csv", columns=("line", "rate"), contents=("a", "b"), row_count=2),
    Node(
        "stg_policies",
        "staging",
        ("staging", "stg_policies"),
        "stg.sql",
        ("admin/policy",),
        sql="""
            select policy_number, premium from admin.policy
            qualify row_number() over (partition by policy_number order by _row_number) = 1
        """,
    ),
    Node("fct_policies", "mart", ("marts", "fct_policies"), "fct.sql", ("stg_policies",), sql="select * from staging.stg_policies"),
]


def test_only_what_an_edit_touches_is_read_again(tmp_path: Path) -> None:
    assert project_lineage(NODES, tmp_path).parsed == ("stg_policies", "fct_policies")
    assert project_lineage(NODES, tmp_path).parsed == ()
    edited = [*NODES[:2], replace(NODES[2], sql=NODES[2].sql.replace("premium", "premium + 1 as premium")), NODES[3]]
    again = project_lineage(edited, tmp_path)
    assert again.parsed == ("stg_policies",), "its columns and keys are as before, so nothing that reads it is touched"
    assert again.changed_columns(project_lineage(NODES, tmp_path)) == {Column("stg_policies", "premium")}
    without_key = [*NODES[:2], replace(NODES[2], sql="select policy_number, premium from admin.policy"), NODES[3]]
    assert project_lineage(without_key, tmp_path).parsed == ("stg_policies", "fct_policies")


def test_a_half_written_memory_is_read_anew(tmp_path: Path) -> None:
    expected = project_lineage(NODES, tmp_path).edges
    for file in tmp_path.glob("*.json"):
        file.write_text(file.read_text()[:40])
    assert project_lineage(NODES, tmp_path).edges == expected


def test_a_seed_changes_in_the_columns_that_were_edited() -> None:
    edited = [NODES[0], replace(NODES[1], contents=("a", "c")), *NODES[2:]]
    assert project_lineage(edited).changed_columns(project_lineage(NODES)) == {Column("rates", "rate")}
    longer = [NODES[0], replace(NODES[1], contents=("c", "d"), row_count=3), *NODES[2:]]
    assert Column("rates", ROWS) in project_lineage(longer).changed_columns(project_lineage(NODES))


@pytest.mark.parametrize(
    ("sql", "reason"),
    [(None, "has not compiled"), ("select from where (", "cannot be parsed"), ("select gone from staging.stg_policies", "column gone")],
)
def test_what_is_not_known_is_listed_with_its_reason(sql: str | None, reason: str) -> None:
    found = project_lineage([*NODES[:3], replace(NODES[3], sql=sql)]).unresolved
    assert [name for name, _ in found] == ["fct_policies"]
    assert reason in found[0][1]


def test_the_graph_goes_both_ways_and_names_what_it_does_not_know() -> None:
    metric = Edge(Column("fct_policies", "premium"), Column(METRIC, "premium"), "value", ("sum(premium)",))
    lineage = Lineage(project_lineage(NODES), [metric])
    raw = lineage.column("admin/policy.premium")
    assert lineage.metrics_reading([raw]) == {"premium"}
    assert lineage.metrics_reading([Column("rates", "rate")]) == set()
    assert lineage.upstream([Column(METRIC, "premium")])[raw] == 3
    assert lineage.untraced() == {}
    with pytest.raises(MetricsError, match=r"unknown metric or table 'fct_policy'.*fct_policies"):
        lineage.column("fct_policy.premium")
    with pytest.raises(MetricsError, match=r"column of fct_policies 'premum'.*premium"):
        lineage.column("fct_policies.premum")
    blind = Lineage(project_lineage([replace(n, sql=None) if n.sql else n for n in NODES]), [metric])
    assert blind.untraced() == {"premium": "ends at fct_policies"}


def test_metrics_read_measures_dates_and_what_they_are_cut_by(tiny_dictionary: Dictionary, tiny_warehouse) -> None:
    edges = [e for e in metric_edges(tiny_dictionary) if e.target == Column(METRIC, "written_premium")]
    found = {(str(e.source), e.use, e.expressions) for e in edges}
    assert ("agg_premiums_daily.premium_amount", "value", ("sum(premium_amount)",)) in found
    assert ("agg_premiums_daily.accounting_date", "group", ("by accounting_date",)) in found
    assert ("agg_premiums_daily.organisation_code", "join", ("on organisation",)) in found
    assert ("dim_organisation.company_code", "group", ("by organisation__company_code",)) in found
    assert ("agg_premiums_daily.rate_weight", "value", ()) not in {(s, u, ()) for s, u, _ in found}
    lineage = read_lineage(tiny_dictionary, tiny_warehouse.manifest)
    assert lineage.project.unresolved == []
    rows = {row[3]: row for row in metric_rows(lineage, "written_premium") if row[2] == "agg_premiums_daily"}
    assert rows["premium_amount"] == ("written_premium", "mart", "agg_premiums_daily", "premium_amount", ["value"], 1)


def test_without_a_manifest_the_way_out_is_told(tmp_path: Path) -> None:
    with pytest.raises(MetricsError, match="make warehouse"):
        read_nodes(tmp_path / "manifest.json")
