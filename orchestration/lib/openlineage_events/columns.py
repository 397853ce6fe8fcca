"""Column lineage in the words of OpenLineage: names of tables, and how each column comes from others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from openlineage.client.facet_v2 import column_lineage_dataset as facet
from sqlglot import exp

from metrics_dictionary.lineage.nodes import Node
from metrics_dictionary.lineage.project import Edge
from metrics_dictionary.lineage.relations import ROWS

INDIRECT = {"filter": "FILTER", "join": "JOIN", "group": "GROUP_BY"}


def _kinds(kind: type[exp.Expression]) -> Iterator[type[exp.Expression]]:
    for inner in kind.__subclasses__():
        yield inner
        yield from _kinds(inner)


_AGGREGATE = re.compile(rf"\b({'|'.join(sorted({name for kind in _kinds(exp.AggFunc) for name in kind.sql_names()}))})\(", re.IGNORECASE)
_WINDOW = re.compile(r"\bOVER\s*\(", re.IGNORECASE)
_ORDER = re.compile(r"^order by\b", re.IGNORECASE)
_TOKEN = re.compile(r"\bSHA256\(", re.IGNORECASE)


def table_name(node: Node) -> str:
    """`database.schema.table`, the database being the stem of the DuckDB file the table lies in."""
    return ".".join(("raw" if node.layer == "delivery" else "zhicang", *node.relation))


def column_lineage(edges: Iterable[Edge], names: Mapping[str, str], namespace: str) -> facet.ColumnLineageDatasetFacet:
    """The facet of the table that all `edges` end at; `names` are the names of the tables they begin at.

    What decides which rows the table has stands at the level of the dataset. That rows are taken from a table at all is no use of a
    column: the inputs of the event say it.
    """
    found: dict[str, dict[tuple[str, str], list[facet.Transformation]]] = defaultdict(lambda: defaultdict(list))
    for edge in edges:
        if edge.source.name != ROWS and edge.use != "rows":
            found[edge.target.name][names[edge.source.table], edge.source.name].append(_transformation(edge))
    whole = found.pop(ROWS, {})
    fields = {column: facet.Fields(inputFields=_inputs(uses, namespace)) for column, uses in sorted(found.items())}
    return facet.ColumnLineageDatasetFacet(fields=fields, dataset=_inputs(whole, namespace))


def copied(columns: Iterable[str], names: Iterable[str], namespace: str) -> facet.ColumnLineageDatasetFacet:
    """The facet of a table whose columns are those of the datasets `names`, as they are."""
    same = facet.Transformation("DIRECT", "IDENTITY")
    origins = list(names)
    return facet.ColumnLineageDatasetFacet(
        fields={c: facet.Fields(inputFields=[facet.InputField(namespace, name, c, [same]) for name in origins]) for c in columns}
    )


def _inputs(uses: Mapping[tuple[str, str], list[facet.Transformation]], namespace: str) -> list[facet.InputField]:
    return [facet.InputField(namespace, name, column, list(how)) for (name, column), how in sorted(uses.items())]


def _transformation(edge: Edge) -> facet.Transformation:
    text = "; ".join(edge.expressions) or None
    if edge.use == "value":
        aggregated = text is not None and _AGGREGATE.search(text)
        subtype = "AGGREGATION" if aggregated else "TRANSFORMATION" if text else "IDENTITY"
        return facet.Transformation("DIRECT", subtype, text, masking=True if text and _TOKEN.search(text) else None)
    subtype = INDIRECT[edge.use]
    if edge.use == "group" and text:
        subtype = "WINDOW" if _WINDOW.search(text) else "SORT" if _ORDER.match(text) else subtype
    return facet.Transformation("INDIRECT", subtype, text)
