"""The shape of the dbt project: which layer may read which, names that agree with folders, what a mart declares."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from metrics_dictionary.locations import PROJECT_ROOT

PREFIXES = {
    "staging": ("stg_",),
    "intermediate": ("int_",),
    "marts": ("dim_", "bridge_", "fct_", "agg_"),
    "metrics": ("mtr_",),
}
KEY_TESTS_OF_A_TABLE = {"unique_combination", "unique_among_touched"}
LOADING_LEDGERS = "loading"
"""The loader's own ledgers are a source, but say when things were loaded, not what; any layer may ask them."""

Node = dict[str, Any]


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The manifest of the project as it stands, parsed into a folder of its own."""
    target = tmp_path_factory.mktemp("dbt")
    environment = os.environ | {
        "DBT_PROJECT_DIR": str(PROJECT_ROOT),
        "DBT_PROFILES_DIR": str(PROJECT_ROOT),
        "DBT_TARGET_PATH": str(target),
        "DBT_LOG_PATH": str(target),
        "ZHICANG_DATA": str(target),
    }
    code = "import sys; from dbt.cli.main import dbtRunner; sys.exit(not dbtRunner().invoke(['--quiet', 'parse']).success)"
    parsed = subprocess.run([sys.executable, "-c", code], env=environment, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False)
    assert parsed.returncode == 0, f"dbt cannot parse the project:\n{parsed.stdout}{parsed.stderr}"
    return json.loads((target / "manifest.json").read_text(encoding="utf-8"))


def models(manifest: dict[str, Any]) -> Iterator[Node]:
    """Every model of the project."""
    return (
        n for n in manifest["nodes"].values() if n["resource_type"] == "model" and n["package_name"] == manifest["metadata"]["project_name"]
    )


def layer_and_folder(node: Node) -> tuple[str, str]:
    """('marts', 'business') for models/marts/business/fct_policies.sql; the folder is '' where the layer has none."""
    parts = Path(node["original_file_path"]).parts
    return parts[1], parts[2] if len(parts) > 3 else ""


def may_read(reader: Node, read: Node) -> bool:
    """Whether the layer rules of the project allow one node to read another."""
    layer, folder = layer_and_folder(reader)
    if read["resource_type"] == "source":
        return layer == "staging" or read["source_name"] == LOADING_LEDGERS
    if read["resource_type"] == "seed":
        return layer != "metrics"
    read_layer, read_folder = layer_and_folder(read)
    return {
        "staging": False,
        "intermediate": read_layer in {"staging", "intermediate"},
        "marts": read_layer in {"staging", "intermediate"} or (read_layer == "marts" and read_folder in {folder, "core"}),
        "metrics": read_layer in {"marts", "metrics"},
    }[layer]


def generic_tests(manifest: dict[str, Any]) -> dict[str, list[Node]]:
    """The generic tests of every node, by the node's unique id."""
    found: dict[str, list[Node]] = {}
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and node.get("attached_node"):
            found.setdefault(node["attached_node"], []).append(node)
    return found


def opening_comment(file: Path) -> str:
    """The comment a data test opens with, as one line; a config block may stand before it."""
    text = re.sub(r"\A\s*\{\{ *config\(.*?\) *\}\}\s*", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    comment = re.match(r"(?:[ \t]*--.*\n|\{#.*?#\}\s*)+", text, flags=re.DOTALL if text.startswith("{#") else 0)
    return " ".join(comment.group().split()) if comment else ""


def marts(manifest: dict[str, Any]) -> list[Node]:
    """Every mart of the project."""
    found = [m for m in models(manifest) if layer_and_folder(m)[0] == "marts"]
    assert found, "the project has no marts, so nothing would be tested"
    return found


def test_layers_read_in_one_direction(manifest: dict[str, Any]) -> None:
    """staging reads sources; intermediate reads staging; marts read both and marts/core; metrics read marts."""
    known = manifest["nodes"] | manifest["sources"]
    broken = [
        f"{node['original_file_path']} reads {known[parent]['original_file_path']}"
        for node in models(manifest)
        for parent in node["depends_on"]["nodes"]
        if parent in known and not may_read(node, known[parent])
    ]
    assert not broken, "these models read against the layer rules of docs/architecture.md:\n" + "\n".join(broken)


def test_the_rule_itself_refuses_a_step_back() -> None:
    """A staging model that reads a mart, a mart that reads another subject's, and raw data in a mart are refused."""

    def model(path: str) -> Node:
        return {"resource_type": "model", "original_file_path": path}

    staging, claims = model("models/staging/claims/stg_claims__claims.sql"), model("models/marts/claims/fct_claims.sql")
    business, core = model("models/marts/business/fct_policies.sql"), model("models/marts/core/dim_date.sql")
    assert may_read(claims, core)
    assert may_read(claims, staging)
    assert not may_read(claims, business)
    assert not may_read(staging, claims)
    assert not may_read(claims, {"resource_type": "source", "source_name": "claims"})


def test_every_staging_and_intermediate_model_is_read(manifest: dict[str, Any]) -> None:
    """A view that no model, no test of the numbers and no exposure reads is built by every run for nobody."""
    unread = [
        node["original_file_path"]
        for node in models(manifest)
        if layer_and_folder(node)[0] in {"staging", "intermediate"}
        and all(
            child.startswith("unit_test.") or manifest["nodes"].get(child, {}).get("attached_node") == node["unique_id"]
            for child in manifest["child_map"][node["unique_id"]]
        )
    ]
    assert not unread, "nothing reads these models; delete them, raw keeps the deliveries:\n" + "\n".join(unread)


def test_names_agree_with_folders(manifest: dict[str, Any]) -> None:
    """The prefix names the layer; staging and intermediate models carry the folder's name as well."""
    wrong = []
    for node in models(manifest):
        layer, folder = layer_and_folder(node)
        prefixes = PREFIXES.get(layer, ())
        if layer in {"staging", "intermediate"}:
            prefixes = tuple(f"{prefix}{folder}__" for prefix in prefixes)
        if not node["name"].startswith(prefixes):
            wrong.append(f"{node['original_file_path']} should begin with one of {prefixes}")
    assert not wrong, "\n".join(wrong)


def test_every_mart_has_its_yaml_with_grain_and_contract(manifest: dict[str, Any]) -> None:
    """One YAML beside each mart: first the grain, an enforced contract, type and description of every column."""
    wrong = []
    for node in marts(manifest):
        name = node["name"]
        beside = Path(node["original_file_path"]).with_suffix(".yml")
        if not (node.get("patch_path") or "").endswith(str(beside)):
            wrong.append(f"{name}: {beside} does not describe it")
        if not node["description"].startswith("One row"):
            wrong.append(f"{name}: the description does not begin with the grain ('One row per ...')")
        if not node["config"]["contract"]["enforced"]:
            wrong.append(f"{name}: the contract is not enforced")
        wrong.extend(
            f"{name}.{column['name']}: no {missing}"
            for column in node["columns"].values()
            for missing in ("data_type", "description")
            if not column[missing]
        )
    assert not wrong, "\n".join(wrong)


def test_every_mart_tests_its_key(manifest: dict[str, Any]) -> None:
    """A column tested as unique, or a test of a key of several columns."""
    tests = generic_tests(manifest)
    untested = [
        node["name"]
        for node in marts(manifest)
        if not any(t["test_metadata"]["name"] in {"unique", *KEY_TESTS_OF_A_TABLE} for t in tests.get(node["unique_id"], []))
    ]
    assert not untested, f"these marts test no key: {untested}"


def test_every_fact_and_aggregate_has_a_unit_test(manifest: dict[str, Any]) -> None:
    """A formula is shown on a handful of rows."""
    shown = {test["model"] for test in manifest["unit_tests"].values()}
    missing = [m["name"] for m in marts(manifest) if m["name"].startswith(("fct_", "agg_")) and m["name"] not in shown]
    assert not missing, f"these marts have no dbt unit test: {missing}"


def test_data_tests_say_what_a_returned_row_means() -> None:
    """A data test opens with what it detects, which assumption it guards and what a returned row means."""
    files = sorted((PROJECT_ROOT / "tests" / "data_tests").rglob("*.sql"))
    assert files, "there are no data tests"
    parts = ("detects", "guards", "returned row")
    silent = [f"{file.relative_to(PROJECT_ROOT)}: {part}" for file in files for part in parts if part not in opening_comment(file).lower()]
    assert not silent, "these data tests do not open with what they detect, guard and what a returned row is:\n" + "\n".join(silent)


def test_every_accounting_subject_has_an_identity() -> None:
    """Every subject with marts has at least one data test of its own."""
    subjects = {f.parent.name for f in (PROJECT_ROOT / "models" / "marts").rglob("*.sql")}
    tested = {f.parent.name for f in (PROJECT_ROOT / "tests" / "data_tests").rglob("*.sql")}
    assert subjects <= tested, f"these subjects have marts but no data test: {sorted(subjects - tested)}"
