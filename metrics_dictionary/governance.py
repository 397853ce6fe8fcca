"""The governance block of a metric: what `config.meta` must hold, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

Unit = Literal[
    "yuan",
    "ratio",
    "count",
    "days",
    "hours",
    "minutes",
    "seconds",
    "yuan_per_policy",
    "yuan_per_head",
    "yuan_per_customer",
    "times",
    "per_minute",
    "per_10k_policies",
    "per_100m_yuan",
    "per_10k",
    "score",
]
Format = Literal["amount", "percent", "integer", "decimal_1", "decimal_2", "permyriad"]
Direction = Literal["higher", "lower", "neutral"]
Evaluation = Literal["operations", "value", "risk"]
Angle = Literal["business", "operations", "product", "finance", "investment", "internal_control", "people", "it"]
EvidenceLevel = Literal["SRC", "SRC~", "article", "BK"]
Additivity = Literal["additive", "ratio", "semi_additive", "non_additive"]
Dimension = Literal["organisation", "channel", "product", "intermediary", "segment"]
Grain = Literal["day", "month", "quarter", "year", "rolling_12", "year_to_date"]
CALENDAR_GRAINS = ("day", "month", "quarter", "year")
Text = Annotated[str, Field(min_length=1)]

VOLUME_UNITS = ("yuan", "count")
"""Units of quantities that grow with the period and the segment: their targets name a grain."""


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


class Governance(BaseModel):
    """Who answers for a metric, what it means, and where it may be cut. Extra keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name_zh: Text
    name_en: Text
    definition_zh: Text
    definition_en: Text
    unit: Unit
    format: Format
    direction: Direction
    owner: Text
    steward: Text
    subject: Text
    evaluation: Evaluation
    angle: Angle
    source_reference: Annotated[Text, BeforeValidator(_text)]
    evidence_level: EvidenceLevel
    tolerance: float = Field(ge=0)
    version: int = Field(ge=1)
    version_of: str | None = None
    valid_from: date
    valid_to: date | None
    change_reason: Text
    additivity: Additivity
    dimensions: tuple[Dimension, ...]
    grains: tuple[Grain, ...] = Field(min_length=1)
    parameters: dict[str, Any] = Field(default_factory=dict)

    @field_validator("dimensions", "grains")
    @classmethod
    def _no_repeats(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(names)) != len(names):
            raise ValueError(f"a name stands twice in {list(names)}")
        return names

    @model_validator(mode="after")
    def _consistent(self) -> Governance:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} lies before valid_from {self.valid_from}")
        if self.format in {"percent", "permyriad"} and self.unit != "ratio":
            raise ValueError(f"format {self.format} shows a ratio, but the unit is {self.unit}")
        if not set(self.grains) & set(CALENDAR_GRAINS):
            raise ValueError(f"grains has none of {', '.join(CALENDAR_GRAINS)}")
        if set(self.grains) - set(CALENDAR_GRAINS) and self.additivity not in {"additive", "ratio"}:
            raise ValueError(
                f"months are added up to rolling_12 and year_to_date, and {self.additivity} cannot be; take them out of grains"
            )
        for name in ("maturity_months", "maturity_days"):
            value = self.parameters.get(name, 0)
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                raise ValueError(f"parameters.{name} must be a whole number from 0, not {value!r}")
        return self

    @property
    def maturity(self) -> tuple[int, int]:
        """Months and days after the period's end at which a cohort's value is final; (0, 0) for other metrics."""
        return self.parameters.get("maturity_months", 0), self.parameters.get("maturity_days", 0)

    @property
    def coarsest_grain(self) -> str:
        """The longest period of the calendar by which the metric is published."""
        return max(set(self.grains) & set(CALENDAR_GRAINS), key=CALENDAR_GRAINS.index)

    @property
    def is_volume(self) -> bool:
        """True of amounts and counts, false of ratios, averages and durations."""
        return self.unit in VOLUME_UNITS


def governance_problems(meta: dict[str, Any], place: str) -> list[str]:
    """One sentence for everything wrong with a governance block; `place` names file and metric."""
    try:
        Governance.model_validate(meta)
    except ValidationError as error:
        return [f"{place}: {_sentence(detail)}" for detail in error.errors()]
    return []


def _sentence(detail: Any) -> str:
    field = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "missing":
        return f"config.meta.{field} is missing"
    if detail["type"] == "extra_forbidden":
        return f"config.meta.{field} is not a known key; known keys: {', '.join(Governance.model_fields)}"
    message = detail["msg"].removeprefix("Value error, ")
    return f"config.meta{'.' + field if field else ''}: {message}" + (f" (found {detail['input']!r})" if field else "")
