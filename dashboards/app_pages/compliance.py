"""Findings of the compliance rules: where, which, and the records that prove one."""

import streamlit as st

from dashboards.components.charts import show
from dashboards.components.compliance import (
    choose_finding,
    count_figures,
    evidence_html,
    finding_html,
    heat_figure,
)
from dashboards.components.header import section
from dashboards.components.session import may_see, published, selection, words
from dashboards.components.tables import figures_html

say, chosen, data = words(), selection(), published()
if not may_see("compliance"):
    st.stop()

scope = {"organisation_code": chosen.organisation_code}
st.html(figures_html(count_figures(data.ask("finding_counts", **scope).iloc[0], say)))

cells = data.ask("finding_heat", **scope)
if cells.empty:
    st.success(say("compliance.none"))
    st.stop()
section(say("compliance.heat"), say("compliance.heat_hint"))
show(heat_figure(cells, say), key="compliance_heat")

section(say("compliance.list"), say("compliance.list_hint"))
rules = data.ask("rules")
themes = dict(zip(rules["theme"], rules[f"theme_{say.name_column}"], strict=True))
left, middle, right = st.columns([1, 1, 1], vertical_alignment="bottom")
theme = left.selectbox(
    say("compliance.theme"),
    [None, *themes],
    format_func=lambda code: themes.get(code, say("compliance.all_themes")),
    key="compliance_theme",
)
severity = middle.selectbox(
    say("compliance.severity"),
    [None, "red", "yellow"],
    format_func=lambda code: say(f"severity.{code}") if code else say("compliance.all_severities"),
    key="compliance_severity",
)
asked = scope | {"theme": theme, "severity": severity}
findings = data.ask("findings", **asked)
if data.rule.may_export:
    right.download_button(
        say("compliance.download"),
        data.export("findings", **asked),
        file_name=f"{say('compliance.file')}.csv",
        mime="text/csv",
        icon=":material/download:",
        width="stretch",
    )
if findings.empty:
    st.info(say("compliance.none"))
    st.stop()

finding = choose_finding(findings, say)
rule = rules.set_index("rule_code").loc[finding["rule_code"]]
st.html(finding_html(finding, rule, say))
section(say("compliance.evidence"))
if data.rule.may_drill:
    st.html(evidence_html(data.ask("evidence", finding_id=finding["finding_id"]), say))
else:
    st.info(say("compliance.no_drill"), icon=":material/lock:")
