"""The only door to the published database: policy, new publications, errors a reader understands."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable

import duckdb
import pytest

from dashboards.published import QUESTIONS, PublishedDataError, open_published
from metrics_dictionary.locations import DataFolder
from tests.dashboards.sample_publication import build_sample_publication

MARCH = {"grain": "month", "period_start_date": "2025-03-01"}
ALL_CUTS = {"channel_code": None, "product_code": None}
TOTAL = MARCH | ALL_CUTS | {"dimension_set": "total", "organisation_code": None}
BEIJING = MARCH | ALL_CUTS | {"dimension_set": "organisation", "organisation_code": "LIFE_BJ"}
SHANGHAI = BEIJING | {"organisation_code": "LIFE_SH"}
PARAMETERS = TOTAL | {
    "metric_code": "policies_issued",
    "company_code": None,
    "words": "保费",
    "subject": None,
    "theme": None,
    "severity": None,
    "finding_id": "F0001",
    "card_version": "card_1",
    "table_name": "agg_premiums_daily",
    "column_name": "written_premium",
    "is_upward": True,
    "is_downward": True,
}
OWN_PARAMETERS = {
    "lineage_files": {"table_name": "policy_admin/policy"},
    "trust_reasons": {"metric_code": "clearing_error_rate"},
}

SETS = {"by_organisation": "company", "organisation_heat": "company", "by_channel": "channel", "by_product": "product"}


def used_parameters(question: str) -> dict:
    """The parameters a question names."""
    text = (QUESTIONS / f"{question}.sql").read_text(encoding="utf-8")
    known = PARAMETERS | OWN_PARAMETERS.get(question, {}) | {"dimension_set": SETS.get(question, "total")}
    return {name: value for name, value in known.items() if f"${name}" in text}


@pytest.mark.parametrize("question", sorted(file.stem for file in QUESTIONS.glob("*.sql")))
def test_every_question_has_an_answer_for_who_may_see_all(sample_folder: DataFolder, question: str) -> None:
    assert not open_published("executive", sample_folder).ask(question, **used_parameters(question)).empty


@pytest.mark.parametrize("question", sorted(file.stem for file in QUESTIONS.glob("*.sql")))
def test_no_question_goes_round_the_policy(question: str) -> None:
    text = (QUESTIONS / f"{question}.sql").read_text(encoding="utf-8")
    assert "published." not in text, f"{question}.sql reads published tables directly, past the views of the role"


def test_a_branch_sees_itself_and_neither_the_group_nor_its_neighbour(sample_folder: DataFolder) -> None:
    data = open_published("branch_manager", sample_folder)
    assert data.ask("tiles", **BEIJING)["value"].notna().any()
    assert data.ask("tiles", **TOTAL)["value"].isna().all()
    assert data.ask("tiles", **SHANGHAI)["value"].isna().all()
    assert data.ask("organisations")["organisation_code"].tolist() == ["LIFE_BJ"]
    findings = data.ask("findings", organisation_code=None, theme=None, severity=None)
    assert set(findings["organisation_name_en"]) == {"Life Beijing Branch"}


def test_a_restatement_tells_a_branch_nothing_of_the_group(sample_folder: DataFolder) -> None:
    def columns(role: str) -> set[str]:
        cursor = open_published(role, sample_folder)._connection.cursor()
        return {name for name, *_ in cursor.execute("describe metric_restatements").fetchall()}

    assert {"example_old_value", "example_new_value"} <= columns("executive")
    assert not {"example_old_value", "example_new_value"} & columns("life_manager")
    earlier = {"metric_code": "gross_written_premium", "dimension_set": "total", "grain": "month", "period_start_date": "2025-03-01"}
    cut = {"organisation_code": None, "channel_code": None, "product_code": None}
    assert not open_published("executive", sample_folder).ask("earlier_values", **earlier, **cut).empty
    assert open_published("life_manager", sample_folder).ask("earlier_values", **earlier, **cut).empty


def test_a_scope_covers_what_lies_below_it(sample_folder: DataFolder) -> None:
    codes = open_published("life_manager", sample_folder).ask("organisations")["organisation_code"]
    assert codes.tolist() == ["LIFE", "LIFE_BJ", "LIFE_GD", "LIFE_SH"]


def test_subjects_outside_the_policy_cannot_be_asked(sample_folder: DataFolder) -> None:
    data = open_published("analyst", sample_folder)
    assert set(data.ask("subjects")["subject"]) == {"business", "service", "claims", "contact_centre", "payments"}
    assert data.ask("metric", metric_code="approval_rate").empty
    assert data.ask("metric_targets", metric_code="dual_record_rate").empty
    assert data.ask("findings", organisation_code=None, theme=None, severity=None).empty
    assert data.ask("credit_cutoffs", card_version="card_1").empty


def test_records_need_the_right_to_drill(sample_folder: DataFolder) -> None:
    finding = {"finding_id": "F0001"}
    assert not open_published("compliance_officer", sample_folder).ask("evidence", **finding).empty
    for number in range(1, 61):
        assert open_published("branch_manager", sample_folder).ask("evidence", finding_id=f"F{number:04}").empty


def test_exports_need_the_right_and_carry_no_formula(sample_folder: DataFolder) -> None:
    exported = open_published("compliance_officer", sample_folder).export("evidence", finding_id="F0001").decode("utf-8-sig")
    assert "'=HYPERLINK" in exported
    assert ",=HYPERLINK" not in exported.replace('"', "")
    with pytest.raises(PublishedDataError, match="no_export"):
        open_published("branch_manager", sample_folder).export("findings", organisation_code=None, theme=None, severity=None)


def test_values_are_bound_not_pasted(sample_folder: DataFolder) -> None:
    assert open_published("executive", sample_folder).ask("catalogue", words="' or 1=1 --", subject=None).empty


def test_the_door_opens_nothing_else(sample_folder: DataFolder) -> None:
    connection = open_published("branch_manager", sample_folder)._connection.cursor()
    with pytest.raises(duckdb.PermissionException):
        connection.execute("select * from read_csv('/etc/hostname')")
    with pytest.raises(duckdb.Error):
        connection.execute("delete from published.metrics.metric_values")


def test_the_same_answer_is_not_computed_twice(sample_folder: DataFolder) -> None:
    data = open_published("executive", sample_folder)
    first = data.ask("organisations")
    first.loc[:, "organisation_code"] = "changed by a page"
    assert "changed by a page" not in data.ask("organisations")["organisation_code"].tolist()
    assert open_published("executive", sample_folder) is data


def test_a_new_publication_is_followed_and_the_old_one_still_answers(own_folder: DataFolder) -> None:
    before = open_published("executive", own_folder)
    build_sample_publication(own_folder.root, "v2", is_simulated=False)
    shutil.rmtree(own_folder.published / "v1")
    after = open_published("executive", own_folder)
    assert after.publication()["version"] == "v2"
    assert not after.publication()["is_simulated"]
    assert len(before.ask("organisations")) == len(after.ask("organisations"))


def test_readers_meet_no_error_while_five_versions_are_published(own_folder: DataFolder) -> None:
    failures: list[Exception] = []
    seen: set[str] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                data = open_published("executive", own_folder)
                seen.add(data.publication()["version"])
                assert not data.ask("tiles", **TOTAL).empty
            except Exception as error:
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(20)]
    for reader in readers:
        reader.start()
    for number in range(2, 7):
        build_sample_publication(own_folder.root, f"v{number}")
        shutil.rmtree(own_folder.published / f"v{number - 1}")
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert len(seen) > 1


def _nothing(folder: DataFolder) -> None:
    shutil.rmtree(folder.published)


def _broken(folder: DataFolder) -> None:
    folder.published_database.write_bytes(b"not a database")


def _without_policy(folder: DataFolder) -> None:
    with duckdb.connect(str(folder.published_database)) as connection:
        connection.execute("drop table metrics.access_policy")


@pytest.mark.parametrize(("damage", "reason"), [(_nothing, "missing"), (_broken, "unreadable"), (_without_policy, "unreadable")])
def test_a_publication_that_cannot_be_shown_says_why(own_folder: DataFolder, damage: Callable[[DataFolder], None], reason: str) -> None:
    damage(own_folder)
    with pytest.raises(PublishedDataError) as caught:
        open_published("executive", own_folder)
    assert caught.value.reason == reason
    assert str(own_folder.published) in caught.value.where


def test_an_unknown_role_sees_nothing(sample_folder: DataFolder) -> None:
    with pytest.raises(PublishedDataError, match="unknown_role: stranger"):
        open_published("stranger", sample_folder)


def test_a_table_missing_from_the_publication_is_named(own_folder: DataFolder) -> None:
    with duckdb.connect(str(own_folder.published_database)) as connection:
        connection.execute("drop table marts.agg_credit_cutoffs")
    with pytest.raises(PublishedDataError, match=r"incomplete.*credit_cutoffs"):
        open_published("executive", own_folder).ask("credit_cutoffs", card_version="card_1")
