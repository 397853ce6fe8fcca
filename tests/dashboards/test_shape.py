"""What design.md asks of pages: short, no SQL, no arithmetic; and one door to the published file."""

from __future__ import annotations

import ast
import re

import pytest
import yaml

from metrics_dictionary.locations import PROJECT_ROOT

DASHBOARDS = PROJECT_ROOT / "dashboards"
PAGES = sorted(file for file in (DASHBOARDS / "app_pages").glob("*.py") if file.stem != "__init__")
SQL = re.compile(r"\b(select\b.*\bfrom|group by|order by)\b", re.IGNORECASE | re.DOTALL)
ARITHMETIC = (ast.Sub, ast.Mult, ast.Div, ast.Mod, ast.Pow, ast.FloorDiv)
DOORS = {"published.py"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_reads_like_a_description_of_the_screen(page) -> None:
    source = page.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert len(source.splitlines()) < 120
    assert ast.get_docstring(tree)
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ARITHMETIC)]
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert not [text for text in strings[1:] if SQL.search(text)]


def test_only_the_door_imports_duckdb() -> None:
    users = {file.name for file in DASHBOARDS.rglob("*.py") if re.search(r"^\s*(import|from) duckdb", file.read_text(), re.M)}
    assert users == DOORS


def test_each_page_has_one_owned_exposure() -> None:
    exposures = yaml.safe_load((PROJECT_ROOT / "models" / "metrics" / "exposures.yml").read_text(encoding="utf-8"))["exposures"]
    assert {exposure["name"].removesuffix("_page") for exposure in exposures} == {page.stem for page in PAGES}
    assert all(exposure["owner"].get("name") and exposure["type"] == "dashboard" for exposure in exposures)


def test_the_cockpits_exposure_names_every_metric_of_the_dictionary() -> None:
    exposures = yaml.safe_load((PROJECT_ROOT / "models" / "metrics" / "exposures.yml").read_text(encoding="utf-8"))["exposures"]
    cockpit = next(exposure for exposure in exposures if exposure["name"] == "cockpit_page")
    named = set(re.findall(r"metric\('(\w+)'\)", " ".join(cockpit["depends_on"])))
    defined = {
        metric["name"]
        for file in (PROJECT_ROOT / "metrics_dictionary" / "definitions").rglob("*.yml")
        for metric in yaml.safe_load(file.read_text(encoding="utf-8")).get("metrics", [])
        if metric.get("config", {}).get("meta")
    }
    assert named == defined
