"""The command `metrics impact`: what a change does to the metrics, before it is merged."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from metrics_dictionary.console import Lang, Language, plainly_exiting
from metrics_dictionary.errors import MetricsError
from metrics_dictionary.impact.differences import definition_changes, node_changes
from metrics_dictionary.impact.document import document
from metrics_dictionary.impact.findings import Impact
from metrics_dictionary.impact.measuring import Measurement
from metrics_dictionary.impact.planning import Plan
from metrics_dictionary.impact.rendering import markdown, page, print_report
from metrics_dictionary.impact.versions import Version, commit_of, compiled, export, other_code_that_differs
from metrics_dictionary.impact.warehouse import open_warehouse
from metrics_dictionary.locations import PROJECT_ROOT, DataFolder
from metrics_dictionary.project_files import project_hash

STOPS, FAILED = 1, 2
DETAILED_IN_MARKDOWN = 10
WORKING_TREE = {Language.ZH: "工作区", Language.EN: "working tree"}
Codes = Annotated[list[str] | None, typer.Option("--metric", help="Only these metrics; separated by commas, or repeated.")]
Accepted = Annotated[list[str] | None, typer.Option("--accept", help="Metrics whose movement is agreed: they do not stop the merge.")]
Published = Annotated[
    str | None, typer.Option("--published", help="The kept publication that data are compared with; default: the newest one BASE made.")
]
Full = Annotated[bool, typer.Option("--full", help="Rebuild both sides whole instead of what differs; compare every metric.")]


@plainly_exiting(FAILED)
def impact(
    base: Annotated[str, typer.Option("--base", help="The commit, branch or tag to compare the working tree with.")],
    metric: Codes = None,
    accept: Accepted = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write the whole report as one HTML file.")] = None,
    markdown_file: Annotated[Path | None, typer.Option("--markdown", help="Write a summary in Markdown, for a pull request.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write every value that moved.")] = None,
    published: Published = None,
    full: Full = False,
    lang: Lang = Language.EN,
) -> None:
    """Measure what the working tree does to the metrics: both versions over the same data, code apart from data.

    Exits with 0 when no metric moves beyond its tolerance, with 1 when one does or is removed, with 2 when it cannot be measured.
    """
    targets = [file for file in (html, markdown_file, csv) if file]
    for file in targets:
        if not file.resolve().parent.is_dir():
            raise MetricsError(f"cannot write {file}: there is no folder {file.resolve().parent}")
    with tempfile.TemporaryDirectory(prefix="metrics-impact-") as scratch:
        found = measure(base, Path(scratch), _names(metric), _names(accept), published, full, csv, WORKING_TREE[lang])
    print_report(document(found, lang), Console(width=None if sys.stdout.isatty() else 200))
    if html:
        html.write_text(page(document(found, lang), lang), encoding="utf-8")
    if markdown_file:
        markdown_file.write_text(markdown(document(found, lang, DETAILED_IN_MARKDOWN)), encoding="utf-8")
    if found.stopping:
        raise typer.Exit(STOPS)


def measure(
    base: str,
    scratch: Path,
    wanted: frozenset[str] = frozenset(),
    accepted: frozenset[str] = frozenset(),
    published: str | None = None,
    is_whole: bool = False,
    csv: Path | None = None,
    label: str = "working tree",
) -> Impact:
    """Compare the working tree with the commit `base` over the data folder of the environment, working below `scratch`.

    Nothing in the data folder changes but its cache. Raises MetricsError.
    """
    folder = DataFolder.from_environment()
    started = time.perf_counter()
    commit = commit_of(PROJECT_ROOT, base)
    cache = folder.cache if os.access(folder.cache if folder.cache.exists() else folder.root, os.W_OK) else scratch / "cache"
    root = export(PROJECT_ROOT, commit, scratch / "base")
    before, after = _both_compiled(f"{base} ({commit[:8]})", root, label, folder, cache / "impact")
    seconds = {"compilation": time.perf_counter() - started}
    with open_warehouse(folder, before.hash, published) as warehouse:
        started = time.perf_counter()
        definitions = definition_changes(before.dictionary, after.dictionary)
        plan = Plan(before, after, warehouse, node_changes(before, after), definitions, wanted, is_whole)
        seconds["differences"] = time.perf_counter() - started
        measurement = Measurement(
            plan,
            scratch,
            folder.compiled if cache == folder.cache else cache,
            accepted,
            tuple(other_code_that_differs(PROJECT_ROOT, commit)),
            seconds,
        )
        return measurement.run(csv)


def _both_compiled(base_label: str, base_root: Path, head_label: str, folder: DataFolder, cache: Path) -> tuple[Version, Version]:
    """Both versions compiled, side by side where they differ."""
    if project_hash(base_root) == project_hash(PROJECT_ROOT):
        before = compiled(base_label, base_root, folder, cache)
        return before, compiled(head_label, PROJECT_ROOT, folder, cache)
    with ThreadPoolExecutor(max_workers=2) as pool:
        before = pool.submit(compiled, base_label, base_root, folder, cache)
        after = pool.submit(compiled, head_label, PROJECT_ROOT, folder, cache)
        return before.result(), after.result()


def _names(texts: list[str] | None) -> frozenset[str]:
    return frozenset(name.strip() for text in texts or () for name in text.split(",") if name.strip())
