"""What an Apache Ossie document 0.2.0.dev0 may hold, of the parts the export uses; any other key is refused.

After core-spec/ossie-schema.json of https://github.com/apache/ossie.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """No keys but those declared, no conversions."""

    model_config = ConfigDict(extra="forbid", strict=True)


class DialectExpression(Strict):
    """`DialectExpression`; of the dialects only the one that is written."""

    dialect: Literal["ANSI_SQL"]
    expression: str = Field(min_length=1)


class Expression(Strict):
    """`Expression`."""

    dialects: list[DialectExpression] = Field(min_length=1)


class Context(Strict):
    """`AIContext`."""

    instructions: str | None = None
    synonyms: list[str] = []


class Extension(Strict):
    """`CustomExtension`."""

    vendor_name: str
    data: dict[str, Any]


class Dimension(Strict):
    """`Dimension`."""

    is_time: bool


class DatasetField(Strict):
    """`Field`."""

    name: str = Field(min_length=1)
    expression: Expression
    dimension: Dimension | None = None
    description: str | None = None


class Dataset(Strict):
    """`Dataset`."""

    name: str = Field(min_length=1)
    source: str = Field(min_length=1)
    primary_key: list[str] = []
    description: str | None = None
    fields: list[DatasetField]


class Relationship(Strict):
    """`Relationship`."""

    name: str = Field(min_length=1)
    from_dataset: str = Field(alias="from", min_length=1)
    to: str = Field(min_length=1)
    from_columns: list[str] = Field(min_length=1)
    to_columns: list[str] = Field(min_length=1)


class OssieMetric(Strict):
    """`Metric`."""

    name: str = Field(min_length=1)
    expression: Expression
    description: str
    ai_context: Context
    custom_extensions: list[Extension]


class Document(Strict):
    """The root."""

    version: Literal["0.2.0.dev0"]
    name: str = Field(min_length=1)
    description: str
    ai_context: Context
    datasets: list[Dataset] = Field(min_length=1)
    relationships: list[Relationship]
    metrics: list[OssieMetric]
    custom_extensions: list[Extension]
