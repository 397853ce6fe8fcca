"""What `metrics check` looks at: the definition files, what dbt made of them, the targets, and the lints.

To add a lint, write a function from dictionary to findings in a module of its own and name it in `lint_problems`.
"""

from __future__ import annotations

import csv
from pathlib import Path

from metrics_dictionary.cuts import GRAINS, fineness
from metrics_dictionary.definition_files import DEFINITIONS, definition_file_problems, read_definition_files
from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.engine import Engine
from metrics_dictionary.errors import DefinitionError, MetricsError, unknown_name
from metrics_dictionary.formulas import formula_of
from metrics_dictionary.lints.findings import ACCEPTED, unaccepted
from metrics_dictionary.lints.meaning import meaning_findings
from metrics_dictionary.lints.people import known_people, people_problems
from metrics_dictionary.lints.terms import GLOSSARY, read_glossary, term_findings
from metrics_dictionary.lints.unused import unused_findings
from metrics_dictionary.lints.versions import version_problems
from metrics_dictionary.targets import TARGETS


def check_definitions(manifest: Path, folder: Path = DEFINITIONS, targets: Path = TARGETS) -> list[str]:
    """Every problem found, one sentence each; an empty list means the dictionary is sound.

    `manifest` must have been parsed from the files as they are now.
    """
    problems = definition_file_problems(folder)
    try:
        dictionary = Dictionary(manifest)
    except DefinitionError as error:
        return problems + [p for p in error.problems if not any(p.partition(": ")[2] in known for known in problems)]
    problems += lost_definitions(dictionary, folder) + version_problems(dictionary) + people_problems(dictionary, known_people())
    problems += metric_problems(dictionary) + target_problems(dictionary, targets)
    # The lints read formulas and columns, which only sound definitions have.
    return problems or lint_problems(dictionary)


def lint_problems(dictionary: Dictionary, glossary: Path = GLOSSARY, accepted: Path = ACCEPTED) -> list[str]:
    """What is unused, said twice or said in other words than the glossary's, and no row of `accepted` lets stand."""
    findings = [*unused_findings(dictionary), *meaning_findings(dictionary), *term_findings(dictionary, read_glossary(glossary))]
    return unaccepted(findings, accepted)


def lost_definitions(dictionary: Dictionary, folder: Path = DEFINITIONS) -> list[str]:
    """Entries of the files that dbt made nothing of, and files that yield nothing at all."""
    problems = []
    files, _ = read_definition_files(folder)
    for file in files:
        names = {("metric", m["name"]) for m in file.entries("metrics")}
        for model in file.entries("semantic_models"):
            names.add(("semantic model", model["name"]))
            names |= {("metric", m["name"]) for m in model.get("measures") or [] if m.get("create_metric")}
        known = {"metric": dictionary.metrics, "semantic model": dictionary.semantic_models}
        problems += [
            f"{file.place}: {what} '{name}' is not in dbt's semantic manifest; run 'dbt parse', or the entry is disabled or misspelt"
            for what, name in sorted(names)
            if name not in known[what]
        ]
    return problems


def metric_problems(dictionary: Dictionary) -> list[str]:
    """Metrics whose dimensions, grains or formula their semantic models do not give, and those MetricFlow cannot compile."""
    problems = []
    with Engine(dictionary) as engine:
        for code, metric in dictionary.published.items():
            governance = metric.governance
            available = dictionary.dimensions_of(metric)
            missing = [d for d in governance.dimensions if d not in available]
            if missing:
                problems.append(
                    f"metric {code}: config.meta.dimensions names {', '.join(missing)}, but a semantic model it reads has no such"
                    f" entity; all of them have: {', '.join(available) or 'none'}"
                )
            for measure in dictionary.measures_of(metric):
                finest = measure.time_grain if measure.time_grain in GRAINS else "day"
                too_fine = [g for g in governance.grains if fineness(g) < fineness(finest)]
                if too_fine:
                    problems.append(
                        f"metric {code}: config.meta.grains names {', '.join(too_fine)}, but {measure.semantic_model} is by {finest}"
                    )
            try:
                formula_of(metric, dictionary)
                if not missing:
                    engine.explain([code], [f"metric_time__{governance.coarsest_grain}", *governance.dimensions])
            except MetricsError as error:
                problems.append(str(error))
    return problems


def target_problems(dictionary: Dictionary, targets: Path = TARGETS) -> list[str]:
    """Rows of the targets seed that no metric would use, or that would be read wrongly."""
    problems = []
    with targets.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            place = f"{targets.name} line {number}"
            code = row["metric_code"]
            if code not in dictionary.catalogue:
                problems.append(f"{place}: {unknown_name('metric', code, dictionary.catalogue)}")
                continue
            governance = dictionary.metric(code).governance
            if governance.is_volume and not row["grain"]:
                problems.append(f"{place}: {code} is an amount or count; name the grain, a month's target is no year's target")
            if row["grain"] and row["grain"] not in governance.grains:
                problems.append(f"{place}: {code} is not published by {row['grain']}")
            if row["amber_value"] and governance.direction != "neutral":
                target, amber = float(row["target_value"]), float(row["amber_value"])
                if (amber > target) if governance.direction == "higher" else (amber < target):
                    problems.append(
                        f"{place}: {code} is {governance.direction} is better, so amber {amber} cannot lie beyond target {target}"
                    )
    return problems
