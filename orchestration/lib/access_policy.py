"""The one access policy: which role sees which subjects and organisations, may see records, may export."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import ValidationError

from orchestration.lib.contracts import ContractError, Strict

POLICY_FILE = Path(__file__).resolve().parent.parent / "access_policy.yml"


class AccessRule(Strict):
    """What one role may do. `*` stands for all subjects or all organisations; a code covers all that lies below it."""

    subjects: list[str]
    organisation_scope: list[str]
    may_drill: bool
    may_export: bool


def read_access_policy(file: Path = POLICY_FILE) -> dict[str, AccessRule]:
    """Role to rule. Raises ContractError naming the file and the field when it cannot be used."""
    try:
        return {role: AccessRule(**rule) for role, rule in yaml.safe_load(file.read_text(encoding="utf-8")).items()}
    except (OSError, yaml.YAMLError, ValidationError, TypeError, AttributeError) as error:
        raise ContractError(f"access policy {file} cannot be used: {error}. Correct the named field.") from error
