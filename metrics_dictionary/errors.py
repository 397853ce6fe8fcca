"""What goes wrong in the metrics dictionary, said so that the reader can put it right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class MetricsError(Exception):
    """A request or a definition cannot be served; the message names what, where and what to do."""


class DefinitionError(MetricsError):
    """One or more definitions are wrong; `problems` holds one sentence for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        count = len(self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the metric definitions:\n  " + "\n  ".join(self.problems))


def unknown_name(kind: str, name: str, known: Iterable[str]) -> str:
    """A sentence for a name that is not known, with the nearest names that are."""
    names = sorted(set(known))
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5) or [n for n in names if name.lower() in n.lower()][:3]
    if near:
        return f"unknown {kind} '{name}'; did you mean {', '.join(near)}?"
    shown = ", ".join(names[:15]) + (", ..." if len(names) > 15 else "")
    return f"unknown {kind} '{name}'; known: {shown or 'none'}"
