"""Whether the versions of a metric fit together: one after the other, without a gap, of one and the same thing."""

from __future__ import annotations

from datetime import timedelta

from metrics_dictionary.definitions import Dictionary
from metrics_dictionary.errors import unknown_name


def version_problems(dictionary: Dictionary) -> list[str]:
    """Earlier versions that belong to no metric, or whose validity and make-up do not fit the version that follows."""
    problems = []
    for name, earlier in dictionary.published.items():
        code = earlier.governance.version_of
        if code is None:
            continue
        place = f"metric {name}"
        if code not in dictionary.catalogue:
            problems.append(f"{place}: config.meta.version_of: {unknown_name('metric', code, dictionary.catalogue)}")
            continue
        if name != f"{code}_version_{earlier.governance.version}":
            problems.append(
                f"{place}: is version {earlier.governance.version} of {code}; name it {code}_version_{earlier.governance.version}"
            )
        versions = dictionary.versions(code)
        following = next((v.governance for v in versions if v.governance.version > earlier.governance.version), None)
        if following is None or len({v.governance.version for v in versions}) < len(versions):
            problems.append(f"{place}: version {earlier.governance.version} of {code} is not below that of {code}; count versions upwards")
            continue
        day_before = following.valid_from - timedelta(days=1)
        if earlier.governance.valid_to != day_before:
            problems.append(f"{place}: config.meta.valid_to must be {day_before}, the day before version {following.version} is valid")
        for field in ("unit", "format", "direction", "subject"):
            if getattr(earlier.governance, field) != getattr(following, field):
                problems.append(f"{place}: config.meta.{field} differs from that of version {following.version}; that is another metric")
    return problems
