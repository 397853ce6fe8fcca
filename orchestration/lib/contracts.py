"""Contracts: the one place that says what each delivery must look like, read from `orchestration/contracts`."""

from __future__ import annotations

import functools
import graphlib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

CONTRACTS_FOLDER = Path(__file__).resolve().parent.parent / "contracts"
METADATA_COLUMNS = {
    "_file": "varchar",
    "_file_sha256": "varchar",
    "_row_number": "bigint",
    "_delivered_date": "date",
    "_loaded_at": "timestamp",
    "_load_id": "bigint",
    "_run_id": "varchar",
}

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
PiiClass = Literal["name", "id_number", "mobile", "email", "address", "birth_date", "bank_card"]


class ContractError(Exception):
    """A contract file that cannot be used; the message names the file, the field and what to do."""


class Strict(BaseModel):
    """A model in which an unknown key is an error, so that a typo cannot be ignored in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(Strict):
    """One column of a delivery: its type, what is accepted in it, its personal-data class, its meaning."""

    type: Annotated[str, StringConstraints(pattern=r"^(varchar|integer|bigint|double|boolean|date|timestamp|decimal\(\d+,\d+\))$")]
    required: bool = False
    max_length: int = Field(default=200, ge=1)
    pattern: str | None = None
    allowed: list[str] | None = None
    minimum: float | None = None
    maximum: float | None = None
    references: str | None = None
    future: Literal["allowed"] | None = None
    touches: bool = False
    pii: PiiClass | None = None
    zh: str
    en: str

    @property
    def reference(self) -> tuple[str, str, str] | None:
        """(source, entity, column) this column must be found in, or None."""
        if self.references is None:
            return None
        path, column = self.references.split(".")
        source, entity = path.split("/")
        return source, entity, column


class Name(Strict):
    """A name in both languages."""

    zh: str
    en: str


class Contract(Strict):
    """What one entity of one source delivers.

    `delivery` is `append` (a record is delivered once) or `upsert` (a later delivery of the same key supersedes).
    `business_date` is the column by which the entity is partitioned downstream.
    """

    source: Identifier
    entity: Identifier
    name: Name
    grain: str
    delivery: Literal["append", "upsert"]
    key: list[str]
    business_date: str
    freshness_days: int = Field(ge=0)
    earliest_date: date = date(1900, 1, 1)
    columns: dict[Identifier, Column]

    @model_validator(mode="after")
    def _columns_exist(self) -> Contract:
        for column in [*self.key, self.business_date]:
            if column not in self.columns:
                raise ValueError(f"column '{column}' is named as key or business date but is not among the columns")
            if not self.columns[column].required:
                raise ValueError(f"column '{column}' is key or business date and must be required")
        return self

    @property
    def touching_columns(self) -> list[str]:
        """Date columns whose values, new and replaced, are the dates to rebuild downstream."""
        return [n for n, c in self.columns.items() if c.touches] or [self.business_date]

    @property
    def personal_columns(self) -> dict[str, PiiClass]:
        """Column name to personal-data class."""
        return {n: c.pii for n, c in self.columns.items() if c.pii}

    @property
    def path(self) -> str:
        """`source/entity`, as in the landing folder."""
        return f"{self.source}/{self.entity}"


def read_contract(file: Path) -> Contract:
    """The contract in one file; its folder names the source, its stem the entity. Raises ContractError."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        return Contract(source=file.parent.name, entity=file.stem, **content)
    except (yaml.YAMLError, ValidationError, TypeError) as error:
        raise ContractError(f"contract {file} cannot be used: {error}. Correct the named field; see CONTRIBUTING.md.") from error


@functools.cache
def all_contracts(folder: Path = CONTRACTS_FOLDER) -> dict[str, Contract]:
    """Every contract by `source/entity`, referenced entities before those that refer to them."""
    contracts = {c.path: c for c in (read_contract(f) for f in sorted(folder.glob("*/*.yml")))}
    needs: dict[str, set[str]] = {}
    for path, contract in contracts.items():
        needs[path] = set()
        for name, column in contract.columns.items():
            if column.reference is None:
                continue
            source, entity, target = column.reference
            referred = contracts.get(f"{source}/{entity}")
            if referred is None or target not in referred.columns:
                raise ContractError(f"contract {path}, column {name}: reference '{column.references}' names no column of a contract")
            if referred.path != path:
                needs[path].add(referred.path)
    order = graphlib.TopologicalSorter(needs).static_order()
    return {path: contracts[path] for path in order}
