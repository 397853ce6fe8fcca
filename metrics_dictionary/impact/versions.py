"""The two versions that are compared: the working tree, and a commit exported beside it; both as dbt compiles them."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version as version_of_library
from pathlib import Path

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.impact.graph import Graph, read_graph
from metrics_dictionary.lineage.graph import Lineage
from metrics_dictionary.lineage.metrics import metric_edges
from metrics_dictionary.lineage.nodes import read_nodes
from metrics_dictionary.lineage.project import project_lineage
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.project_files import PROJECT_FILES, PROJECT_FOLDERS, project_hash

COMPILERS = ("dbt-core", "dbt-duckdb", "dbt-semantic-interfaces")
KEPT_COMPILATIONS = 6
ARTIFACTS = ("manifest.json", "semantic_manifest.json", "partial_parse.msgpack")
OTHER_CODE = ("metrics_dictionary/*.py", "orchestration/lib", "orchestration/contracts", "requirements.txt")
"""What can move values and is not part of the dbt project: computing metrics, loading, the libraries."""


@dataclass(frozen=True)
class Version:
    """One side of the comparison: the files dbt reads below `root`, and what it compiled them to."""

    label: str
    root: Path
    hash: str
    manifest: Path

    @cached_property
    def graph(self) -> Graph:
        """Models and seeds."""
        return read_graph(self.manifest)

    @cached_property
    def dictionary(self) -> Dictionary:
        """Metric definitions."""
        return Dictionary(self.manifest)

    @cached_property
    def lineage(self) -> Lineage:
        """Which columns of models and deliveries every metric depends on."""
        nodes = read_nodes(self.manifest, self.root)
        return Lineage(project_lineage(nodes, self.manifest.parent / "lineage"), metric_edges(self.dictionary))


def commit_of(project: Path, reference: str) -> str:
    """The commit a git reference names. Raises MetricsError outside git and for a reference git does not know."""
    if _git(project, "rev-parse", "--is-inside-work-tree") is None:
        raise MetricsError(
            f"{project} is not a git working tree; `metrics impact` compares it with a commit, so clone the project with git"
        )
    commit = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
    if commit is None:
        raise MetricsError(f"git knows no commit '{reference}' in {project}; name a branch, tag or commit, or fetch it first (git fetch)")
    return commit.decode().strip()


def export(project: Path, commit: str, into: Path) -> Path:
    """Write the files dbt reads as they are in a commit into the folder `into`; returns it. Raises MetricsError."""
    paths = [*PROJECT_FOLDERS, *PROJECT_FILES]
    present = (_git(project, "ls-tree", "--name-only", commit, "--", *paths) or b"").decode().split("\n")
    archive = _git(project, "archive", "--format=tar", commit, "--", *filter(None, present)) if any(present) else None
    if archive is None or "dbt_project.yml" not in present:
        raise MetricsError(f"commit {commit[:12]} holds no dbt project; name a later one")
    into.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(into, filter="data")
    return into


def other_code_that_differs(project: Path, commit: str) -> list[str]:
    """Files that differ from the commit and can move values, but are not dbt's: what the comparison cannot see."""
    changed = _git(project, "diff", "--name-only", "--relative", commit, "--", *OTHER_CODE) or b""
    fresh = _git(project, "ls-files", "--others", "--exclude-standard", "--", *OTHER_CODE) or b""
    return sorted({name for name in (changed + fresh).decode().split("\n") if name})


def compiled(label: str, root: Path, folder: DataFolder, cache: Path) -> Version:
    """Compile the project below `root`, or take what was compiled of the same files before; no database is opened.

    Everything is compiled as for a whole build. Raises MetricsError with dbt's own words.
    """
    state = project_hash(root)
    libraries = "".join(version_of_library(name) for name in COMPILERS)
    kept = cache / hashlib.sha256((state + libraries).encode()).hexdigest()[:24]
    if not (kept / "manifest.json").exists():
        working = cache / f".{kept.name}-{os.getpid()}"
        shutil.rmtree(working, ignore_errors=True)
        working.mkdir(parents=True)
        try:
            _take_last_parse(folder, cache, working)
            _compile(label, root, folder, working)
            _keep(working, kept)
        finally:
            shutil.rmtree(working, ignore_errors=True)
        for old in sorted((k for k in cache.iterdir() if not k.name.startswith(".")), key=lambda k: k.stat().st_mtime)[:-KEPT_COMPILATIONS]:
            shutil.rmtree(old, ignore_errors=True)
    kept.touch()
    return Version(label, root, state, kept / "manifest.json")


def _compile(label: str, root: Path, folder: DataFolder, target: Path) -> None:
    dbt = [str(Path(sys.executable).with_name("dbt")), "--quiet", "compile", "--select", "resource_type:model"]
    # A whole build asks the database nothing, so dbt need not open it, nor lock it.
    how = ["--full-refresh", "--no-populate-cache", "--no-introspect", "--log-level-file", "none", "--log-path", str(target)]
    places = ["--project-dir", str(root), "--profiles-dir", str(root), "--target-path", str(target)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DBT_")}
    environment |= {"ZHICANG_DATA": str(folder.root), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DO_NOT_TRACK": "1"}
    run = subprocess.run([*dbt, *how, *places], cwd=root, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if run.returncode:
        raise MetricsError(f"dbt cannot compile {label}:\n{run.stdout.strip()}\n{run.stderr.strip()}".rstrip())


def _take_last_parse(folder: DataFolder, cache: Path, target: Path) -> None:
    """Begin with what dbt parsed last, here or in the pipeline: it looks at the files that differ from it only (half the time)."""
    candidates = [*cache.glob("*/partial_parse.msgpack"), folder.cache / "dbt" / "partial_parse.msgpack"]
    found = [file for file in candidates if file.exists()]
    if found:
        shutil.copyfile(max(found, key=lambda file: file.stat().st_mtime), target / "partial_parse.msgpack")


def _keep(working: Path, kept: Path) -> None:
    for item in working.iterdir():
        if item.name not in ARTIFACTS:
            shutil.rmtree(item) if item.is_dir() else item.unlink()
    if not kept.exists():
        working.rename(kept)


def _git(project: Path, *arguments: str) -> bytes | None:
    """What a git command prints, None when it fails. Raises MetricsError where there is no git."""
    try:
        run = subprocess.run(["git", "-C", str(project), *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError as error:
        raise MetricsError("git is not installed; `metrics impact` asks it for the version to compare with") from error
    return run.stdout if run.returncode == 0 else None
