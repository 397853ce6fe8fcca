"""People are invented: what looks like an identity cannot be anyone's."""

from __future__ import annotations

import duckdb

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _values(landed: duckdb.DuckDBPyConnection, column: str, *entities: str) -> list[str]:
    union = " union ".join(f"select {column} from {entity} where {column} is not null" for entity in entities)
    return [value for (value,) in landed.execute(union).fetchall()]


def test_id_numbers_have_a_valid_check_digit_in_an_unassigned_division(landed: duckdb.DuckDBPyConnection) -> None:
    numbers = _values(landed, "id_number", "customer", "employee")
    assert len(numbers) > 1000
    for number in numbers:
        remainder = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False)) % 11
        assert number[17] == "10X98765432"[remainder], number
        assert number.startswith("99"), number


def test_id_numbers_agree_with_birth_date_and_gender(landed: duckdb.DuckDBPyConnection) -> None:
    wrong = landed.execute(
        "select id_number, birth_date, gender from customer where id_number like '9901%' and ("
        "strftime(birth_date, '%Y%m%d') <> id_number[7:14] or (gender <> 'unknown' and (gender = 'male') <> "
        "(id_number[17]::integer % 2 = 1)))"
    ).fetchall()
    assert wrong == []


def test_one_person_has_one_id_number_and_nobody_elses(landed: duckdb.DuckDBPyConnection) -> None:
    mixed = landed.execute(
        "select id_number, count(distinct person_id) from customer inner join same_person using (customer_id) "
        "where id_number is not null group by all having count(distinct person_id) > 1"
    ).fetchall()
    split = landed.execute(
        "select person_id from customer inner join same_person using (customer_id) where id_number is not null "
        "group by all having count(distinct id_number) > 1"
    ).fetchall()
    assert (mixed, split) == ([], [])


def test_people_are_known_to_several_companies_under_different_details(landed: duckdb.DuckDBPyConnection) -> None:
    (shared, differing) = landed.execute(
        "with people as (select person_id, count(*) as records, count(distinct mobile_number || customer_name || "
        "coalesce(postal_address, '')) as variants "
        "from customer inner join same_person using (customer_id) group by all) "
        "select count(*) filter (records > 1), count(*) filter (variants > 1) from people"
    ).fetchone() or (0, 0)
    assert shared > 300
    assert 0.05 * shared < differing < shared


def test_mobile_numbers_and_cards_lie_in_ranges_nobody_has(landed: duckdb.DuckDBPyConnection) -> None:
    assert all(number.startswith("10") for number in _values(landed, "mobile_number", "customer", "employee"))
    cards = _values(landed, "bank_card_number", "payment_order")
    assert len(cards) > 100
    for card in cards:
        doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(card), start=1) if place % 2 == 1]
        others = [2 * int(digit) for place, digit in enumerate(reversed(card), start=1) if place % 2 == 0]
        assert (sum(doubled) + sum(value - 9 if value > 9 else value for value in others)) % 10 == 0, card
        assert card.startswith("990"), card


def test_addresses_use_reserved_hosts(landed: duckdb.DuckDBPyConnection) -> None:
    hosts = {address.split("@")[1] for address in _values(landed, "email_address", "customer")}
    assert hosts == {"example.com", "example.org", "example.net"}
