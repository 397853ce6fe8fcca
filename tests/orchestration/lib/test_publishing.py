"""Publication: what is shown is complete, and stays shown while the next version is built, refused, killed or rolled back."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from metrics_dictionary.locations import DataFolder
from orchestration.lib import publishing
from orchestration.lib.publication_checks import PublicationRefusedError
from orchestration.lib.raw_database import open_raw_database


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """A data folder with one customer in raw, a mart, and the metrics tables."""
    folder = DataFolder(tmp_path)
    raw = open_raw_database(folder)
    now = datetime.now(UTC).replace(tzinfo=None)
    raw.execute(
        "insert into meta.loads values (1, 'master_data', 'customer', 'f', 's', 1, ?, 'loaded', null, null, 1, 1, 0, ?, 'run', null)",
        [date(2022, 6, 30), now],
    )
    raw.execute(
        "insert into master_data.customer (customer_id, mobile_number, id_number) values ('C1', '10012345678', '990101199001010018')"
    )
    raw.close()
    with duckdb.connect(str(folder.warehouse_database)) as warehouse:
        warehouse.execute(
            """
            create schema marts; create schema metrics;
            create table marts.fct_policies as select 'P1' as policy_number, 'LIFE' as organisation_code, 1 as generation;
            create table metrics.metric_catalogue (metric_code varchar, additivity varchar, version integer, definition_sql varchar);
            insert into metrics.metric_catalogue values ('premium', 'additive', 1, 'select 1');
            create table metrics.metric_values as
            select 'premium' as metric_code, 1 as version, 'month' as grain, date '2022-06-01' as period_start_date,
                date '2022-06-30' as period_end_date, s.dimension_set, s.organisation_code, null::varchar as channel_code,
                null::varchar as product_code, null::varchar as intermediary_code, null::varchar as segment_code,
                s.value, null::double as numerator, null::double as denominator, true as is_complete_period, true as is_in_force,
                'not_checked' as trust, date '2022-06-30' as known_from, 'run' as run_id
            from (values ('total', null, 3.0), ('company', 'LIFE', 1.0), ('company', 'PROP', 2.0))
                as s (dimension_set, organisation_code, value);
            create table metrics.metric_targets (metric_code varchar);
            create table metrics.metric_lineage as
            select 'premium' as metric_code, 'mart' as layer, 'fct_policies' as table_name, 'generation' as column_name,
                ['value'] as uses, 1 as hops
            union all
            select 'premium', 'delivery', 'master_data/customer', '*', ['rows'], 3;
            create view metrics.metric_status as select * from metrics.metric_values;
            """
        )
    return folder


def record_check(folder: DataFolder, column: str, status: str) -> None:
    raw = open_raw_database(folder)
    now = datetime.now(UTC).replace(tzinfo=None)
    raw.execute(
        "insert into meta.checks values ('run', ?, 'mart', 'business', 'fct_policies', ?, 'not_null', ?, 1, 0, null)", [now, column, status]
    )
    raw.close()


def change(folder: DataFolder, sql: str) -> None:
    with duckdb.connect(str(folder.warehouse_database)) as warehouse:
        warehouse.execute(sql)


def shown(folder: DataFolder, sql: str) -> list[tuple]:
    path = folder.published_database.resolve(strict=True)
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_publication_is_complete_and_free_of_the_loading_accounts_secrets(folder: DataFolder) -> None:
    publication = publishing.publish(folder, "run-one")
    told = shown(folder, "select version, as_of_date, is_simulated from publication")
    assert told == [(publication.version, date(2022, 6, 30), False)]
    assert shown(folder, "select count(*) from metric_status") == [(3,)]
    tables = {t for (t,) in shown(folder, "select table_name from duckdb_tables()")}
    assert {"fct_policies", "metric_values", "checks", "loads", "runs", "access_policy"} <= tables
    assert not {"token_key", "customer", "quarantine"} & tables


def test_trust_follows_the_checks_of_the_columns_a_metric_reads(folder: DataFolder) -> None:
    publishing.publish(folder, "run-one")
    assert shown(folder, "select distinct trust from metric_values") == [("not_checked",)]
    record_check(folder, "generation", "passed")
    record_check(folder, "organisation_code", "failed")
    publishing.publish(folder, "run-two")
    assert shown(folder, "select distinct trust from metric_values") == [("passed",)]
    record_check(folder, "generation", "failed")
    publishing.publish(folder, "run-three")
    assert shown(folder, "select distinct trust from metric_values") == [("failed",)]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("create table marts.leak as select '10012345678' as note", "personal data"),
        ("update metrics.metric_values set value = 9 where dimension_set = 'total'", "do not add up"),
        ("drop table metrics.metric_targets", "metric_targets is missing"),
    ],
)
def test_a_faulty_version_is_refused_and_the_old_one_stays(folder: DataFolder, fault: str, words: str) -> None:
    first = publishing.publish(folder, "run-one")
    change(folder, fault)
    with pytest.raises(PublicationRefusedError, match=words):
        publishing.publish(folder, "run-two")
    assert shown(folder, "select version from publication") == [(first.version,)]
    assert [p.version for p in publishing.publications(folder)] == [first.version]


def test_rows_missing_from_raw_refuse_the_publication(folder: DataFolder) -> None:
    raw = open_raw_database(folder)
    raw.execute("delete from master_data.customer")
    raw.close()
    with pytest.raises(PublicationRefusedError, match="raw table master_data/customer has 0 rows, its files loaded 1"):
        publishing.publish(folder, "run-one")
    assert not folder.current_publication.exists()


def test_what_a_killed_publication_left_is_removed_and_never_shown(folder: DataFolder) -> None:
    first = publishing.publish(folder, "run-one")
    left = folder.published / f"{publishing.BUILDING_PREFIX}half"
    left.mkdir()
    (left / "zhicang.duckdb").write_bytes(b"half a file")
    assert [p.version for p in publishing.publications(folder)] == [first.version]
    publishing.publish(folder, "run-two")
    assert not left.exists()


def test_a_correction_delivered_later_restates_the_value_and_names_its_load(folder: DataFolder) -> None:
    publishing.publish(folder, "run-one")
    raw = open_raw_database(folder)
    now = datetime.now(UTC).replace(tzinfo=None)
    raw.execute(
        "insert into meta.loads values (2, 'master_data', 'customer', 'g', 't', 1, ?, 'loaded', null, null, 0, 0, 0, ?, 'run-two', null)",
        [date(2022, 7, 5), now],
    )
    raw.execute("insert into meta.touched_dates values (2, 'master_data', 'customer', date '2022-06-10', 'run-two', 'run-two')")
    raw.execute("update meta.loads set superseded_by_load_id = 2, rows_read = 1 where load_id = 1")
    raw.execute("update meta.loads set rows_read = 1, rows_loaded = 1 where load_id = 2")
    raw.close()
    change(
        folder,
        """
        update metrics.metric_values set run_id = 'run-two', known_from = date '2022-07-05';
        update metrics.metric_values set value = value + 4 where dimension_set = 'total' or organisation_code = 'LIFE'
        """,
    )
    publishing.publish(folder, "run-two")
    values = shown(folder, "select value, known_from, known_to from metric_ledger where dimension_set = 'total' order by known_from")
    assert values == [(3.0, date(2022, 6, 30), date(2022, 7, 5)), (7.0, date(2022, 7, 5), None)]
    assert shown(folder, "select known_from, run_id from metric_values where organisation_code = 'PROP'") == [(date(2022, 6, 30), "run")]
    stated = shown(folder, "select metric_code, cause, possible_causes, load_ids, changed_values, status from metric_restatements")
    assert stated == [("premium", "corrected_data", ["corrected_data"], [2], 2, "open")]


def test_a_delivery_that_replaces_nothing_is_late_data(folder: DataFolder) -> None:
    publishing.publish(folder, "run-one")
    raw = open_raw_database(folder)
    now = datetime.now(UTC).replace(tzinfo=None)
    raw.execute(
        "insert into meta.loads values (2, 'master_data', 'customer', 'g', 't', 1, ?, 'loaded', null, null, 0, 0, 0, ?, 'run-two', null)",
        [date(2022, 7, 5), now],
    )
    raw.execute("insert into meta.touched_dates values (2, 'master_data', 'customer', date '2022-06-10', 'run-two', 'run-two')")
    raw.close()
    change(
        folder,
        """
        update metrics.metric_values set run_id = 'run-two', known_from = date '2022-07-05';
        update metrics.metric_values set value = value + 4 where dimension_set = 'total' or organisation_code = 'LIFE'
        """,
    )
    publishing.publish(folder, "run-two")
    assert shown(folder, "select cause, possible_causes from metric_restatements") == [("late_data", ["late_data"])]


def test_rollback_shows_the_version_before_and_five_are_kept(folder: DataFolder) -> None:
    versions = []
    for generation in range(7):
        change(folder, f"update marts.fct_policies set generation = {generation}")
        versions.append(publishing.publish(folder, f"run-{generation}").version)
    assert [p.version for p in publishing.publications(folder)] == versions[-5:]
    assert publishing.rollback(folder).version == versions[-2]
    assert shown(folder, "select generation from marts.fct_policies") == [(5,)]
    with pytest.raises(publishing.RollbackError, match=versions[-1]):
        publishing.rollback(folder, "no-such-version")


def test_twenty_readers_see_no_error_while_five_publications_happen(folder: DataFolder) -> None:
    publishing.publish(folder, "run-first")
    stop, errors, reads = threading.Event(), [], []

    def read() -> None:
        while not stop.is_set():
            try:
                rows = shown(folder, "select policy_number, (select version from publication) from marts.fct_policies")
                assert len(rows) == 1
                reads.append(rows[0][1])
            except Exception as error:
                errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(20)]
    for reader in readers:
        reader.start()
    published = [publishing.publish(folder, f"run-{n}").version for n in range(5)]
    stop.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert set(reads) & set(published), "no reader saw a new version: the test read too little"
