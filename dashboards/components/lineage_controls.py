"""What the person looking at a lineage chooses: what it is of, which way, which layers, which box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboards.components.lineage import key_of, title_of
from dashboards.components.lineage_graph import FOLDED_ABOVE, Box, Graph
from dashboards.components.texts import Words
from dashboards.published import PublishedData

KINDS = ("metric", "table", "column", "file")
WAYS = ("both", "upstream", "downstream")
OPENED = "lineage_box"


@dataclass(frozen=True)
class Pick:
    """What a lineage is of, as edges name it: a metric is a column of the table `metric`. `file` is set for a delivered file."""

    table: str
    column: str | None
    title: str
    file: str | None = None

    @property
    def box(self) -> str:
        """The name of its box."""
        return self.column if self.table == "metric" and self.column else self.table

    @property
    def place(self) -> dict[str, Any]:
        """Parameters of questions about it."""
        return {"table_name": self.table, "column_name": self.column}


def choose_pick(data: PublishedData, metrics: Mapping[str, str], tables: pd.DataFrame, words: Words) -> Pick | None:
    """A metric, a table, a column of it or a delivered file. `metrics`: code to name; `tables`: as `lineage_tables` answers."""
    pick = _pick(data, metrics, tables, words)
    if st.session_state.get("lineage_picked") != pick:
        st.session_state["lineage_picked"] = pick
        st.session_state[OPENED] = None
    return pick


def _pick(data: PublishedData, metrics: Mapping[str, str], tables: pd.DataFrame, words: Words) -> Pick | None:
    left, middle, right = st.columns([1.25, 1.6, 1.6], vertical_alignment="bottom")
    kind = left.segmented_control(
        words("lineage.pick"), KINDS, format_func=lambda k: words(f"lineage.of.{k}"), default="metric", required=True, key="lineage_kind"
    )
    if kind == "metric":
        code = middle.selectbox(words("lineage.of.metric"), list(metrics), format_func=metrics.get, key="lineage_metric")
        return Pick("metric", code, metrics[code]) if code else None
    shown = tables[tables["layer"] == "delivery"] if kind == "file" else tables
    layers = dict(zip(shown["table_name"], shown["layer"], strict=True))
    label, key = ("lineage.delivery", "lineage_delivery") if kind == "file" else ("lineage.of.table", f"lineage_table_{kind}")
    table = middle.selectbox(words(label), list(layers), format_func=lambda t: f"{t} · {words(f'layer.{layers[t]}')}", key=key)
    if table is None:
        return None
    if kind == "column":
        columns = data.ask("lineage_columns", table_name=table)["column_name"].tolist()
        column = right.selectbox(words("lineage.of.column"), columns, key=f"lineage_column_{table}")
        return Pick(table, column, f"{table}.{column}") if column else Pick(table, None, table)
    if kind == "file":
        files = data.ask("lineage_files", table_name=table)["file"].tolist()
        file = right.selectbox(words("lineage.of.file"), files, key=f"lineage_file_{table}")
        return Pick(table, None, file or table, file)
    return Pick(table, None, table)


def choose_way(words: Words) -> dict[str, bool]:
    """Upstream, downstream or both, as parameters of `lineage_path`."""
    way = st.segmented_control(
        words("lineage.direction"),
        WAYS,
        format_func=lambda w: words(f"lineage.towards.{w}"),
        default="both",
        required=True,
        key="lineage_way",
    )
    return {"is_upward": way != "downstream", "is_downward": way != "upstream"}


def choose_layers(counts: Mapping[str, int], pick: Pick, words: Words) -> tuple[set[str], set[str]]:
    """(layers hidden, layers folded by subject). `counts`: layer to boxes; crowded layers are folded until unfolded."""
    name = f"{pick.table}_{pick.column}_{'_'.join(counts)}"

    def counted(layer: str) -> str:
        return words("lineage.layer_count", layer=words(f"layer.{layer}"), count=counts[layer])

    shown = st.pills(
        words("lineage.layers"),
        list(counts),
        format_func=counted,
        selection_mode="multi",
        default=list(counts),
        key=f"lineage_layers_{name}",
    )
    foldable = [layer for layer in shown if counts[layer] > 1 and layer != "tile"]
    if not foldable:
        return set(counts) - set(shown), set()
    crowded = [layer for layer in foldable if counts[layer] > FOLDED_ABOVE]
    folded = st.pills(
        words("lineage.fold"),
        foldable,
        format_func=lambda layer: words(f"layer.{layer}"),
        selection_mode="multi",
        default=crowded,
        key=f"lineage_folded_{name}_{'_'.join(foldable)}",
    )
    return set(counts) - set(shown), set(folded)


def remember_box(key: str) -> None:
    """The box clicked in the graph is the box chosen below it."""
    st.session_state[OPENED] = key


def opened_box(graph: Graph) -> Box | None:
    """The box chosen before this run, if the graph still has it."""
    return {key_of(box): box for box in graph.columns}.get(st.session_state.get(OPENED, ""))


def choose_box(graph: Graph, pick: Pick, names: Mapping[str, str], words: Words) -> Box:
    """The box whose details are shown: the one clicked, else the one picked, else the first."""
    boxes = {key_of(box): box for box in sorted(graph.columns, key=lambda box: (graph.columns[box], box.name))}
    picked = [key for key, box in boxes.items() if pick.box in (box.members or (box.name,))]
    if st.session_state.get(OPENED) not in boxes:
        st.session_state[OPENED] = picked[0] if picked else next(iter(boxes))
    key = st.selectbox(
        words("lineage.box"),
        list(boxes),
        format_func=lambda k: f"{words(f'layer.{boxes[k].layer}')} · {title_of(boxes[k], names, words)}",
        key=OPENED,
    )
    return boxes[key]
