"""Compiling everything a publication needs, ahead of it: `python -m metrics_dictionary.compilation`.

A thousand statements take half a minute of one processor, and need the definitions only: a run compiles them in a process of its
own while it loads and builds.
"""

from __future__ import annotations

import sys
from pathlib import Path

from filelock import FileLock

from metrics_dictionary.definitions import Dictionary, Metric, find_manifest
from metrics_dictionary.engine import Engine
from metrics_dictionary.errors import DefinitionError, MetricsError
from metrics_dictionary.finest_sums import finest_statement, plan_finest_tables
from metrics_dictionary.formulas import Formula, formula_of
from metrics_dictionary.locations import DataFolder
from metrics_dictionary.per_cut import batch_statement, plan_batches


def compile_publication(dictionary: Dictionary, cache: Path) -> int:
    """Compile what is not yet remembered below `cache`; returns the number of statements. Raises DefinitionError, MetricsError.

    Whoever compiles into the same folder is waited for, so that nothing is compiled twice.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / "compiling.lock"), Engine(dictionary, cache) as engine:
        formulas = formulas_of(dictionary)
        for name in formulas:
            definition_statement(engine, dictionary.published[name])
        components = [term.component for formula in formulas.values() if formula for term in formula.terms]
        for table in plan_finest_tables(dictionary, components):
            finest_statement(engine, table)
        for batch in plan_batches(dictionary, (dictionary.published[name] for name, formula in formulas.items() if not formula)):
            batch_statement(engine, batch)
        return engine.compiled_count


def formulas_of(dictionary: Dictionary) -> dict[str, Formula | None]:
    """The formula of everything published, by name, None for what is computed per cut. Raises DefinitionError naming every fault."""
    formulas, problems = {}, []
    for name, metric in dictionary.published.items():
        try:
            formulas[name] = formula_of(metric, dictionary)
        except MetricsError as error:
            problems.append(str(error))
    if problems:
        raise DefinitionError(problems)
    return formulas


def definition_statement(engine: Engine, metric: Metric) -> str:
    """What a metric is, as SQL: its total by the coarsest period."""
    return engine.explain([metric.name], [f"metric_time__{metric.governance.coarsest_grain}"])


def main() -> int:
    """Compile for the folder the environment names. A definition that cannot be compiled is told by the publication, not here."""
    folder = DataFolder.from_environment()
    try:
        compile_publication(Dictionary(find_manifest(folder)), folder.compiled)
    except MetricsError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
