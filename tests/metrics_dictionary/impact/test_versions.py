"""The version to compare with comes from git, and nothing in the working tree changes for it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from metrics_dictionary.errors import MetricsError
from metrics_dictionary.impact.versions import commit_of, export, other_code_that_differs
from metrics_dictionary.project_files import project_hash


def git(project: Path, *arguments: str) -> str:
    author = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    run = subprocess.run(["git", "-C", str(project), *author, *arguments], check=True, capture_output=True, text=True)
    return run.stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository whose first commit holds a project of one model and a module."""
    root = tmp_path / "project"
    (root / "models").mkdir(parents=True)
    (root / "metrics_dictionary").mkdir()
    (root / "models" / "a.sql").write_text("select 1", encoding="utf-8")
    (root / "metrics_dictionary" / "engine.py").write_text("", encoding="utf-8")
    for name in ("dbt_project.yml", "profiles.yml"):
        (root / name).write_text("name: x\n", encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "first")
    return root


def test_a_commit_is_exported_as_it_was_and_the_working_tree_stays(project: Path, tmp_path: Path) -> None:
    before = project_hash(project)
    (project / "models" / "a.sql").write_text("select 2", encoding="utf-8")
    status = git(project, "status", "--porcelain")
    base = export(project, commit_of(project, "main"), tmp_path / "base")
    assert (base / "models" / "a.sql").read_text(encoding="utf-8") == "select 1"
    assert project_hash(base) == before != project_hash(project)
    assert git(project, "status", "--porcelain") == status
    assert not (base / "metrics_dictionary").exists()


def test_code_that_is_not_dbts_is_named_committed_or_not(project: Path) -> None:
    commit = commit_of(project, "main")
    assert other_code_that_differs(project, commit) == []
    (project / "metrics_dictionary" / "engine.py").write_text("x = 1\n", encoding="utf-8")
    (project / "metrics_dictionary" / "fresh.py").write_text("", encoding="utf-8")
    assert other_code_that_differs(project, commit) == ["metrics_dictionary/engine.py", "metrics_dictionary/fresh.py"]


@pytest.mark.parametrize("reference", ["nowhere", "--all", ""])
def test_a_reference_git_does_not_know_is_named(project: Path, reference: str) -> None:
    with pytest.raises(MetricsError, match=f"git knows no commit '{reference}'"):
        commit_of(project, reference)


def test_a_folder_outside_git_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MetricsError, match="is not a git working tree"):
        commit_of(tmp_path, "main")


def test_a_commit_without_a_project_is_refused(project: Path, tmp_path: Path) -> None:
    git(project, "rm", "--quiet", "-r", "models", "dbt_project.yml")
    git(project, "commit", "--quiet", "--message", "emptied")
    with pytest.raises(MetricsError, match="holds no dbt project"):
        export(project, commit_of(project, "HEAD"), tmp_path / "base")
