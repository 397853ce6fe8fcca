"""Deliveries that look unusual and are good."""

from __future__ import annotations

from tests.orchestration.lib.bad_delivery import GOOD, Bad, one_bad, parquet_of
from tests.orchestration.lib.deliveries import csv_bytes, jsonl_bytes, parquet_bytes, policies, policy

ACCEPTED = [
    Bad("extra column", csv_bytes([r | {"colour": "red"} for r in GOOD]), read=3, detail="unexpected_columns: colour"),
    Bad(
        "extra column in parquet",
        parquet_of([r | {"colour": "red"} for r in GOOD]),
        "policy.parquet",
        read=3,
        detail="unexpected_columns: colour",
    ),
    Bad(
        "extra key in jsonl",
        jsonl_bytes([r | {"colour": "red"} for r in GOOD]),
        "policy.jsonl",
        read=3,
        detail="unexpected_columns: colour",
    ),
    Bad("optional column absent", csv_bytes(policies(3, employee_code=None)), read=3, detail="absent_optional_columns: employee_code"),
    Bad("header only", csv_bytes(GOOD).split(b"\n", 1)[0] + b"\n"),
    Bad("parquet of no rows", lambda folder: parquet_bytes(folder, GOOD, policy_number="=unnest([]::varchar[])"), "policy.parquet"),
    Bad("byte order mark", b"\xef\xbb\xbf" + csv_bytes(GOOD), read=3),
    Bad("byte order mark in jsonl", b"\xef\xbb\xbf" + jsonl_bytes(GOOD), "policy.jsonl", read=3),
    Bad("semicolons", csv_bytes(GOOD, delimiter=";"), read=3),
    Bad("Windows line ends", csv_bytes(GOOD, line_end="\r\n"), read=3),
    Bad("line ends mixed", csv_bytes(GOOD).replace(b"\n", b"\r\n", 2), read=3),
    Bad("old Macintosh line ends", csv_bytes(GOOD, line_end="\r"), read=3),
    Bad("line break inside quotes", csv_bytes([GOOD[0], policy(2, customer_id="C\nD"), GOOD[2]]), read=3),
    Bad("blank lines between", csv_bytes(GOOD).replace(b"\nP002", b"\n\nP002") + b"\n\n", read=3),
    Bad("no line end at the end", csv_bytes(GOOD).rstrip(), read=3),
    Bad("upper-case header", csv_bytes(GOOD).replace(b"policy_number", b" POLICY_NUMBER "), read=3),
    Bad("negative number in a text", one_bad(customer_id="-12"), read=3),
    Bad("future effective date", one_bad(effective_date="2030-01-01"), read=3),
    Bad("characters, not bytes, are counted", one_bad(customer_id="客" * 40), read=3),
    Bad("control file agrees", csv_bytes(GOOD), read=3, control='{"rows": 3}'),
    Bad("integers as doubles in parquet", parquet_of(GOOD, applicant_age="double", premium_amount="double"), "policy.parquet", read=3),
    Bad("time zone in parquet", parquet_of(GOOD, issued_at="timestamptz"), "policy.parquet", read=3),
]
