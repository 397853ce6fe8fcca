"""Which metrics stand on something delivered, told from the graph of models alone: known before anything is compiled or built."""

from __future__ import annotations

import json
from pathlib import Path

from metrics_dictionary.definitions import Dictionary


def metrics_on_deliveries(dictionary: Dictionary, manifest_path: Path) -> set[str]:
    """The codes of the published metrics all of whose marts have a delivery upstream."""
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    parents: dict[str, list[str]] = manifest["parent_map"]
    node_of = {node["alias"]: unique_id for unique_id, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    return {
        metric.code
        for metric in dictionary.published.values()
        if all(
            _stands_on_delivery(node_of.get(dictionary.semantic_models[m.semantic_model].table, ""), parents)
            for m in dictionary.measures_of(metric)
        )
    }


def _stands_on_delivery(node: str, parents: dict[str, list[str]]) -> bool:
    seen = {node}
    waiting = [node]
    while waiting:
        for parent in parents.get(waiting.pop(), []):
            if parent.startswith("source."):
                return True
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return False
