"""Where a metric, a table, a column or a delivered file comes from, and what depends on it."""

import streamlit as st

from dashboards.components.header import section
from dashboards.components.lineage import Marks, legend_html, lineage_figure, show_lineage
from dashboards.components.lineage_controls import choose_box, choose_layers, choose_pick, choose_way, opened_box, remember_box
from dashboards.components.lineage_details import show_details
from dashboards.components.lineage_graph import boxes_by_layer, graph_of, subject_of
from dashboards.components.session import published, words

say, data = words(), published()
tables = data.ask("lineage_tables")
metrics = data.ask("catalogue", words="", subject=None)
names = dict(zip(metrics["metric_code"], metrics[say.name_column], strict=True))
subjects = dict(zip(metrics["metric_code"], metrics["subject"], strict=True))
subjects |= {row.table_name: subject_of(row.table_name, row.layer, row.file) for row in tables.itertuples()}
failing = dict(zip(tables["table_name"], tables["failing_count"], strict=True))

pick = choose_pick(data, names, tables, say)
if pick is None:
    st.info(say("cockpit.no_values"))
    st.stop()
left, right = st.columns([1.25, 3.28])
with left:
    path = data.ask("lineage_path", **pick.place, **choose_way(say))
if path.empty:
    st.info(say("lineage.none"))
    st.stop()

with right:
    hidden, folded = choose_layers(boxes_by_layer(path), pick, say)
graph = graph_of(path, subjects, hidden, folded)
section(say("lineage.graph", name=pick.title), say("lineage.hint"))
if not graph.edges:
    st.info(say("lineage.none_shown"))
    st.stop()
st.html(legend_html(graph, say))
marks = Marks(names, failing, pick.box, opened_box(graph))
show_lineage(lineage_figure(graph, marks, say), say("lineage.alt", name=pick.title, count=len(graph.columns)), remember_box)
show_details(choose_box(graph, pick, names, say), path, pick, names, data, say)
