"""The YAML files of definitions as they lie on disk: found, read, and checked for what dbt would ignore in silence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from metrics_dictionary.errors import unknown_name
from metrics_dictionary.governance import governance_problems
from metrics_dictionary.locations import PROJECT_ROOT

DEFINITIONS = PROJECT_ROOT / "metrics_dictionary" / "definitions"
TOP_LEVEL_KEYS = {"version", "semantic_models", "metrics", "saved_queries"}
CONTENT_KEYS = TOP_LEVEL_KEYS - {"version"}
METRIC_KEYS = {"name", "label", "description", "type", "type_params", "filter", "config", "time_granularity"}
CONFIG_KEYS = {"meta", "enabled", "group"}
SEMANTIC_MODEL_KEYS = {
    "name", "label", "description", "model", "primary_entity", "defaults", "entities", "dimensions", "measures", "config",
}  # fmt: skip


@dataclass(frozen=True)
class DefinitionFile:
    """One YAML file; `content` maps the top-level keys to their lists."""

    path: Path
    content: dict[str, Any]

    def entries(self, kind: str) -> list[dict[str, Any]]:
        """The entries under one top-level key that are maps with a name."""
        return [e for e in self.content.get(kind) or [] if isinstance(e, dict) and isinstance(e.get("name"), str)]

    @property
    def place(self) -> str:
        """The file's name as messages show it."""
        return str(self.path.relative_to(PROJECT_ROOT)) if self.path.is_relative_to(PROJECT_ROOT) else self.path.name


def read_definition_files(folder: Path = DEFINITIONS) -> tuple[list[DefinitionFile], list[str]]:
    """Every YAML file below `folder`, and one sentence for each that cannot be read as a map."""
    files, problems = [], []
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".yml", ".yaml"}):
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            problems.append(f"{path.name}: not readable as YAML: {' '.join(str(error).split())}")
            continue
        if not isinstance(content, dict):
            problems.append(f"{path.name}: holds no keys; a definition file has 'version: 2' and 'metrics:' or 'semantic_models:'")
            continue
        files.append(DefinitionFile(path, content))
    return files, problems


def definition_file_problems(folder: Path = DEFINITIONS) -> list[str]:
    """One sentence for each fault that can be seen in the files alone: typos, missing governance, wrong names, repeats."""
    files, problems = read_definition_files(folder)
    seen: dict[tuple[str, str], str] = {}
    for file in files:
        problems += _key_problems(file)
        problems += _governance_problems(file)
        for what, name in _unique_names(file):
            if (what, name) in seen:
                problems.append(f"{file.place}: {what} '{name}' stands in {seen[what, name]} too; names and labels are unique")
            seen[what, name] = file.place
    return problems


def _key_problems(file: DefinitionFile) -> list[str]:
    problems = [f"{file.place}: {unknown_name('top-level key', key, TOP_LEVEL_KEYS)}" for key in file.content if key not in TOP_LEVEL_KEYS]
    if not any(file.entries(kind) for kind in CONTENT_KEYS):
        problems.append(f"{file.place}: defines nothing; write 'metrics:' or 'semantic_models:' with at least one named entry")
    for kind, allowed in (("metrics", METRIC_KEYS), ("semantic_models", SEMANTIC_MODEL_KEYS)):
        for entry in file.content.get(kind) or []:
            if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
                problems.append(f"{file.place}: an entry of {kind} has no name")
                continue
            place = f"{file.place}: {entry['name']}"
            problems += [f"{place}: {unknown_name('key', key, allowed)}" for key in entry if key not in allowed]
            problems += [
                f"{place}: config: {unknown_name('key', key, CONFIG_KEYS)}" for key in entry.get("config") or {} if key not in CONFIG_KEYS
            ]
    return problems


def _governance_problems(file: DefinitionFile) -> list[str]:
    problems = []
    governed = []
    for metric in file.entries("metrics"):
        meta = (metric.get("config") or {}).get("meta")
        if meta:
            governed.append(metric["name"])
            problems += governance_problems(meta, f"{file.place}: {metric['name']}")
    if len(governed) > 1:
        problems.append(f"{file.place}: holds {len(governed)} catalogue metrics ({', '.join(governed)}); one metric, one file")
    elif governed and governed[0] != file.path.stem:
        problems.append(f"{file.place}: holds metric '{governed[0]}'; name the file {governed[0]}.yml")
    elif file.entries("metrics") and not governed and not file.path.stem.startswith("sem_"):
        problems.append(
            f"{file.place}: no metric of the file has config.meta, so none is in the catalogue; add it, or move them to a sem_ file"
        )
    return problems


def _unique_names(file: DefinitionFile) -> list[tuple[str, str]]:
    names = [("metric", m["name"]) for m in file.entries("metrics")]
    names += [("label", m["label"]) for m in file.entries("metrics") if m.get("label")]
    for model in file.entries("semantic_models"):
        names.append(("semantic model", model["name"]))
        for measure in model.get("measures") or []:
            names.append(("measure", measure.get("name", "")))
            if measure.get("create_metric"):
                names.append(("metric", measure.get("name", "")))
    return names
