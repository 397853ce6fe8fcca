"""What single statements are made of: which columns, used how, and which changes count."""

from __future__ import annotations

import pytest
from sqlglot import exp, parse_one

from metrics_dictionary.lineage.relations import ROWS, Column, Relation, table_relation
from metrics_dictionary.lineage.statement import Statement

TABLES = {
    "policy": table_relation("policy", ["policy_number", "product_code", "premium", "status", "issued_at", "tags"]),
    "product": table_relation("product", ["product_code", "line", "rate"], [frozenset({"product_code"})]),
    "claim": table_relation("claim", ["policy_number", "paid", "status"]),
}


def read(sql: str) -> Relation:
    relation, problems = attempt(sql)
    assert problems == []
    return relation


def attempt(sql: str) -> tuple[Relation, list[str]]:
    def find(table: exp.Table) -> Relation | None:
        return TABLES.get(table.name)

    statement = Statement(find)
    return statement.result(parse_one(sql, dialect="duckdb")), statement.problems


def uses(sql: str, column: str) -> set[tuple[str, str]]:
    """Column and use, as text, behind a column of the result or behind its rows."""
    relation = read(sql)
    value = relation.rows if column == ROWS else relation.columns[column]
    return {(str(source), use) for source, use in value.uses}


def test_value_filter_join_and_group_are_told_apart() -> None:
    sql = """
        select p.product_code, sum(p.premium * r.rate) as amount
        from policy as p inner join product as r on p.product_code = r.product_code
        where p.status = 'in force' group by p.product_code
    """
    assert uses(sql, "amount") == {("policy.premium", "value"), ("product.rate", "value")}
    assert uses(sql, ROWS) == {
        ("policy.*", "rows"),
        ("product.*", "rows"),
        ("policy.product_code", "join"),
        ("product.product_code", "join"),
        ("policy.status", "filter"),
        ("policy.product_code", "group"),
    }


def test_each_hop_keeps_its_expression() -> None:
    sql = "with yuan as (select premium / 100 as amount, status from policy) select sum(amount) as total from yuan where status = 'paid'"
    relation = read(sql)
    assert relation.columns["total"].uses[Column("policy", "premium"), "value"] == ("premium / 100", "SUM(amount)")
    assert relation.rows.uses[Column("policy", "status"), "filter"] == ("where status = 'paid'",)


def test_a_left_join_to_a_key_decides_no_rows_and_one_to_many_does() -> None:
    one = "select p.premium, r.line from policy as p left join product as r on p.product_code = r.product_code"
    assert uses(one, ROWS) == {("policy.*", "rows")}
    assert ("product.product_code", "join") in uses(one, "line")
    assert ("product.*", "rows") in uses(one, "line")
    assert uses(one, "premium") == {("policy.premium", "value")}
    many = "select p.premium, c.paid from policy as p left join claim as c on p.policy_number = c.policy_number"
    assert ("claim.*", "rows") in uses(many, ROWS)
    assert ("claim.policy_number", "join") in uses(many, ROWS)


@pytest.mark.parametrize(
    "joined",
    [
        "(select policy_number, sum(paid) as paid from claim group by policy_number)",
        "(select policy_number, any_value(paid) as paid from claim group by all)",
        "(select policy_number, paid from claim qualify row_number() over (partition by policy_number order by paid) = 1)",
        "(select distinct policy_number from claim)",
    ],
)
def test_a_statement_makes_its_own_keys(joined: str) -> None:
    sql = f"select p.premium from policy as p left join {joined} as c on p.policy_number = c.policy_number"
    assert uses(sql, ROWS) == {("policy.*", "rows")}
    wrong = sql.replace("on p.policy_number = c.policy_number", "on p.policy_number >= c.policy_number")
    assert ("claim.*", "rows") in uses(wrong, ROWS)


def test_one_row_joined_to_everything_decides_no_rows_unless_it_may_be_missing() -> None:
    single = "select p.premium from policy as p cross join (select max(paid) as paid from claim) as c"
    assert uses(single, ROWS) == {("policy.*", "rows")}
    filtered = single.replace("from claim)", "from claim having max(paid) > 0)")
    assert ("claim.*", "rows") in uses(filtered, ROWS)


def test_unions_go_by_place_and_by_name() -> None:
    by_place = "select premium as amount, status from policy union all select paid, status from claim"
    assert uses(by_place, "amount") == {("policy.premium", "value"), ("claim.paid", "value")}
    by_name = "select premium as amount, status from policy union all by name select status, paid as amount from claim"
    assert uses(by_name, "amount") == {("policy.premium", "value"), ("claim.paid", "value")}
    distinct = "select status from policy union select status from claim"
    assert {("policy.status", "group"), ("claim.status", "group")} <= uses(distinct, ROWS)


def test_stars_leave_out_replace_and_merge() -> None:
    relation = read("select * exclude (tags, issued_at) replace (premium * 2 as premium), 1 as version from policy")
    assert list(relation.columns) == ["policy_number", "product_code", "premium", "status", "version"]
    assert relation.columns["premium"].uses[Column("policy", "premium"), "value"] == ("premium * 2",)
    joined = read("select * from policy inner join product using (product_code)")
    assert list(joined.columns).count("product_code") == 1
    assert {(str(c), u) for c, u in joined.rows.uses} >= {("policy.product_code", "join"), ("product.product_code", "join")}


def test_windows_order_what_they_number() -> None:
    sql = "select row_number() over (partition by product_code order by issued_at) as place, premium from policy"
    assert uses(sql, "place") == {("policy.product_code", "group"), ("policy.issued_at", "group")}
    assert uses(sql, "premium") == {("policy.premium", "value")}
    named = """
        select sum(premium) over w as total, max(premium) over (w order by issued_at) as most
        from policy window w as (partition by status)
    """
    assert uses(named, "total") == {("policy.premium", "value"), ("policy.status", "group")}
    assert uses(named, "most") == {("policy.premium", "value"), ("policy.status", "group"), ("policy.issued_at", "group")}
    kept = "select premium from policy qualify row_number() over (partition by product_code order by issued_at) = 1"
    assert {("policy.product_code", "group"), ("policy.issued_at", "group")} <= uses(kept, ROWS)


def test_distinct_on_keeps_a_row_by_its_order() -> None:
    sql = "select distinct on (product_code) product_code, premium from policy order by product_code, issued_at desc"
    assert uses(sql, ROWS) == {("policy.*", "rows"), ("policy.product_code", "group"), ("policy.issued_at", "group")}
    assert read(sql).keys == frozenset([frozenset({"product_code"})])
    assert read(sql).rows.fingerprint != read(sql.replace(" desc", "")).rows.fingerprint


def test_an_aggregates_own_filter_is_a_filter_of_its_column_only() -> None:
    sql = "select sum(premium) filter (where status = 'paid') as paid, count(*) as all_of_them from policy"
    assert uses(sql, "paid") == {("policy.premium", "value"), ("policy.status", "filter")}
    assert uses(sql, "all_of_them") == set()


def test_subqueries_in_conditions_and_values() -> None:
    semi = "select premium from policy where policy_number in (select policy_number from claim where paid > 0)"
    assert {("claim.policy_number", "filter"), ("claim.paid", "filter"), ("claim.*", "rows")} <= uses(semi, ROWS)
    correlated = "select (select max(c.paid) from claim as c where c.policy_number = p.policy_number) as most from policy as p"
    assert {("claim.paid", "value"), ("claim.policy_number", "filter"), ("policy.policy_number", "filter")} <= uses(correlated, "most")


def test_aliases_of_the_same_select_lambdas_and_unnested_lists() -> None:
    assert uses("select premium / 12 as monthly, monthly * 3 as quarterly from policy", "quarterly") == {("policy.premium", "value")}
    assert uses("select list_transform(tags, x -> x || status) as marked from policy", "marked") == {
        ("policy.tags", "value"),
        ("policy.status", "value"),
    }
    assert uses("select [t || status for t in tags if t > product_code] as marked from policy", "marked") == {
        ("policy.tags", "value"),
        ("policy.status", "value"),
        ("policy.product_code", "value"),
    }
    assert ("policy.tags", "join") in uses("select policy_number, unnest(tags) as tag from policy", ROWS)
    assert uses("select p.tag from (select {'tag': status} as p from policy)", "tag") == {("policy.status", "value")}


def test_recursion_reaches_everything_its_rounds_pass_on() -> None:
    sql = """
        with recursive months(number, first_one, second_one) as (
            select 1, premium, status from policy
            union all
            select number + 1, second_one, first_one from months where number < 3
        )
        select first_one from months
    """
    assert {("policy.premium", "value"), ("policy.status", "value")} <= uses(sql, "first_one")


def test_what_cannot_be_resolved_is_listed() -> None:
    assert attempt("select nothing from policy")[1] == ["no source has the column nothing"]
    assert attempt("select 1 as one from nowhere")[1] == ["no table nowhere"]
    assert attempt("select premium from policy cluster by status")[1] == ["the clause CLUSTER of a SELECT is not understood"]
    (pivot,) = attempt("select 1 as one from policy pivot (sum(premium) for status in ('paid'))")[1]
    assert pivot.startswith("PIVOT is not understood")


SAME = [
    (
        "select sum(premium) as amount from policy where status = 'paid' and premium > 0",
        """
        with source as (select * from policy), -- everything
        paid as (select source.premium as yuan from source where source.premium > 0 and source.status = 'paid')
        select sum(yuan) as amount from paid
        """,
    ),
    (
        "select p.premium, r.line from policy as p left join product as r on p.product_code = r.product_code",
        "select a.premium, b.line from policy as a left join product as b on a.product_code = b.product_code",
    ),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_names_and_layout_do_not_count(before: str, after: str) -> None:
    one, other = read(before), read(after)
    assert {n: v.fingerprint for n, v in one.columns.items()} == {n: v.fingerprint for n, v in other.columns.items()}
    assert one.rows.fingerprint == other.rows.fingerprint


CHANGED = [
    ("select premium as a from policy", "select premium * 1.0 as a from policy", {"a"}),
    ("select 0.05 as rate, premium from policy", "select 0.06 as rate, premium from policy", {"rate"}),
    ("select premium as a from policy", "select premium as a from policy where status = 'paid'", {ROWS}),
    ("select cast(premium as int) as a from policy", "select cast(premium as double) as a from policy", {"a"}),
    (
        "select sum(premium) as a, product_code as b from policy group by all",
        "select sum(premium) as a, status as b from policy group by all",
        {"b", ROWS},
    ),
    (
        "select a.premium - b.premium as d from policy as a, policy as b",
        "select b.premium - a.premium as d from policy as a, policy as b",
        {"d"},
    ),
    (
        "with a as (select * from policy where status = 'x'), b as (select * from policy where status = 'y') "
        "select coalesce(a.premium, b.premium) as d from a full join b on a.policy_number = b.policy_number",
        "with a as (select * from policy where status = 'x'), b as (select * from policy where status = 'y') "
        "select coalesce(b.premium, a.premium) as d from a full join b on a.policy_number = b.policy_number",
        {"d"},
    ),
    (
        "select p.premium, r.rate as r from policy as p left join product as r on p.product_code = r.product_code",
        "select p.premium, r.rate as r from policy as p left join product as r on p.product_code = r.product_code and r.line = 'life'",
        {"r"},
    ),
    (
        "select p.premium from policy as p left join product as r on p.product_code = r.product_code",
        "select p.premium from policy as p inner join product as r on p.product_code = r.product_code",
        {ROWS},
    ),
    ("select premium from policy order by premium limit 5", "select premium from policy order by status limit 5", {ROWS}),
]


@pytest.mark.parametrize(("before", "after", "expected"), CHANGED)
def test_exactly_what_is_computed_otherwise_changes(before: str, after: str, expected: set[str]) -> None:
    one, other = read(before), read(after)
    prints, new = ({**{n: v.fingerprint for n, v in r.columns.items()}, ROWS: r.rows.fingerprint} for r in (one, other))
    assert {name for name in prints if prints[name] != new[name]} == expected
