"""What follows from the contracts and is kept in the repository: dbt source files. `zhicang contracts render` writes them."""

from __future__ import annotations

from pathlib import Path

import yaml

from metrics_dictionary.locations import PROJECT_ROOT
from orchestration.lib.contracts import METADATA_COLUMNS, Contract, all_contracts

STAGING_FOLDER = PROJECT_ROOT / "models" / "staging"
_HEADER = "# Rendered from orchestration/contracts by `zhicang contracts render`; change the contract, not this file.\n"


def _column(name: str, contract: Contract) -> dict:
    column = contract.columns[name]
    rendered: dict = {"name": name, "description": f"{column.zh}. {column.en}.", "data_type": column.type}
    if column.pii:
        rendered["config"] = {"meta": {"pii": column.pii}}
    return rendered


def render_sources(source: str) -> str:
    """The dbt source file (YAML text) of one source system, derived from its contracts."""
    tables = [
        {
            "name": contract.entity,
            "description": f"{contract.name.zh}. {contract.grain}",
            "columns": [_column(name, contract) for name in contract.columns]
            + [{"name": name, "data_type": kind} for name, kind in METADATA_COLUMNS.items()],
        }
        for contract in sorted(all_contracts().values(), key=lambda c: c.entity)
        if contract.source == source
    ]
    body = {"version": 2, "sources": [{"name": source, "database": "raw", "schema": source, "tables": tables}]}
    return _HEADER + yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=140)


def rendered_files() -> dict[Path, str]:
    """Path to text of every file the contracts determine."""
    sources = sorted({contract.source for contract in all_contracts().values()})
    return {STAGING_FOLDER / s / f"_{s}__sources.yml": render_sources(s) for s in sources}


def write_rendered_files() -> list[Path]:
    """Write every rendered file; returns those whose text changed."""
    changed = []
    for path, text in rendered_files().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed
