"""Files that cannot be taken as a whole."""

from __future__ import annotations

from tests.orchestration.lib.bad_delivery import GOOD, Bad, edited, parquet_cut, parquet_of
from tests.orchestration.lib.deliveries import csv_bytes, gz_bytes, policies

GZ = gz_bytes(policies(3000))
PARKED_FILES = [
    Bad("csv of zero bytes", b"", reason="empty_file"),
    Bad("csv of one blank line", b"\n", reason="empty_file"),
    Bad("parquet of zero bytes", b"", "policy.parquet", reason="empty_file"),
    Bad("gzip of zero bytes", b"", "policy.csv.gz", reason="empty_file"),
    Bad("gzip cut off", GZ[: len(GZ) // 2], "policy.csv.gz", reason="truncated_file"),
    Bad("gzip that is none", csv_bytes(GOOD), "policy.csv.gz", reason="unreadable_file"),
    Bad("gzip with a damaged middle", GZ[:200] + b"\0" * 40 + GZ[240:], "policy.csv.gz", reason="unreadable_file"),
    Bad("parquet cut off", parquet_cut(0.6), "policy.parquet", reason="truncated_file"),
    Bad("parquet with a damaged page", parquet_cut(1, garble=True), "policy.parquet", reason="unreadable_file"),
    Bad("csv named parquet", csv_bytes(GOOD), "policy.parquet", reason="unreadable_file"),
    Bad("required column missing", csv_bytes(policies(3, issue_date=None)), reason="missing_column", detail="issue_date"),
    Bad(
        "required column missing in parquet",
        parquet_of(policies(3, premium_amount=None)),
        "policy.parquet",
        reason="missing_column",
        detail="premium_amount",
    ),
    Bad("no header", csv_bytes(GOOD).split(b"\n", 1)[1], reason="missing_column", detail="policy_number"),
    Bad("column twice", edited("customer_id", "Policy_Number"), reason="duplicate_column", detail="policy_number"),
    Bad(
        "fewer rows than promised",
        csv_bytes(GOOD),
        control='{"rows": 4}',
        reason="control_mismatch_rows",
        detail="3 records",
    ),
    Bad(
        "more rows than promised",
        parquet_of(GOOD),
        "policy.parquet",
        control='{"rows": 2}',
        reason="control_mismatch_rows",
    ),
    Bad(
        "other content than promised",
        csv_bytes(GOOD),
        control='{"sha256": "' + "a" * 64 + '"}',
        reason="control_mismatch_sha256",
    ),
    Bad("control file cut off", csv_bytes(GOOD), control='{"rows": 3', reason="control_unreadable"),
    Bad("control file a list", csv_bytes(GOOD), control="[3]", reason="control_unreadable"),
    Bad("control file with a text as rows", csv_bytes(GOOD), control='{"rows": "3"}', reason="control_unreadable"),
    Bad("UTF-16", csv_bytes(GOOD, encoding="utf-16"), reason="invalid_encoding", detail="UTF-8"),
    Bad("header in GBK", edited("free_look_end_date", "犹豫期").decode().encode("gbk"), reason="invalid_encoding"),
    Bad("carriage return in a bare field", edited("P002,C1", "P002,C\r1"), reason="unreadable_file", detail="line ends"),
    Bad("quote that takes lines with it", edited("P001,C1", 'P001,"C1'), reason="unterminated_quote", detail="record 1"),
    Bad("quote closed lines later", edited("P001,C1", 'P001,"C1').replace(b"P003,C1", b'P003,C"1'), reason="unterminated_quote"),
    Bad("spreadsheet", b"PK\x03\x04", "policy.xlsx", reason="unknown_format", detail="parquet"),
    Bad(
        "entity without contract",
        csv_bytes(GOOD),
        path="policy_admin/polisy/dt=2024-01-10/p.csv",
        reason="unknown_entity",
        detail="policy_admin/policy",
    ),
    Bad("folder without date", csv_bytes(GOOD), path="policy_admin/policy/2024-01-10/p.csv", reason="bad_partition_name"),
    Bad(
        "date not in the calendar",
        csv_bytes(GOOD),
        path="policy_admin/policy/dt=2024-02-30/p.csv",
        reason="bad_partition_name",
    ),
    Bad("file in no folder", csv_bytes(GOOD), path="policies.csv", reason="bad_partition_name"),
]
