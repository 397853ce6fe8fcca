"""What a role may see, turned into views: a question can only read what these views let through."""

from __future__ import annotations

from dataclasses import dataclass

EVERYTHING = "*"


@dataclass(frozen=True)
class AccessRule:
    """One row of `metrics.access_policy`: subjects and organisations (`*` for all), and what may be done with them."""

    role: str
    subjects: tuple[str, ...]
    organisation_scope: tuple[str, ...]
    may_drill: bool
    may_export: bool

    def sees(self, subject: str) -> bool:
        """Whether metrics and marts of a subject may be read."""
        return EVERYTHING in self.subjects or subject in self.subjects

    @property
    def sees_every_organisation(self) -> bool:
        """Whether group totals, which name no organisation, may be read."""
        return EVERYTHING in self.organisation_scope


@dataclass(frozen=True)
class Relation:
    """A published table the cockpit may read, and what bounds it.

    `subject`: the role must see it.
    `by_metric`, `by_organisation`: rows are cut by `metric_code` and `organisation_code`.
    `records`: rows identify one record, so the role must be allowed to drill.
    `hidden`: columns nobody sees without drilling.
    `totals`: columns about the whole group, for roles that see every organisation; `blanked`: such columns, empty for the others.
    `within`: (column, relation) whose visible rows bound these.
    `ends`: prefixes of `<end>_layer`, `<end>_column`: where the layer is `metric`, the column is a metric that must be visible.
    """

    schema: str
    subject: str | None = None
    by_metric: bool = False
    by_organisation: bool = False
    records: bool = False
    hidden: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    blanked: tuple[str, ...] = ()
    within: tuple[str, str] | None = None
    ends: tuple[str, ...] = ()


# To let pages read another published table, add it here with its bounds. What is not named cannot be asked.
RELATIONS: dict[str, Relation] = {
    "publication": Relation("metrics"),
    "metric_catalogue": Relation("metrics", by_metric=True),
    "metric_versions": Relation("metrics", by_metric=True),
    "metric_values": Relation("metrics", by_metric=True, by_organisation=True),
    "superseded_values": Relation("metrics", by_metric=True, by_organisation=True),
    "metric_restatements": Relation("metrics", by_metric=True, totals=("example_old_value", "example_new_value")),
    "metric_status": Relation("metrics", by_metric=True, by_organisation=True),
    "metric_targets": Relation("metrics", by_metric=True),
    "metric_formulas": Relation("metrics", by_metric=True),
    "metric_records": Relation("metrics", by_metric=True),
    "metric_lineage": Relation("metrics", by_metric=True),
    "metric_trust_reasons": Relation("metrics", by_metric=True, blanked=("rows_failing",)),
    "lineage_edges": Relation("metrics", ends=("from", "to")),
    "lineage_tables": Relation("metrics"),
    "runs": Relation("metrics"),
    "loads": Relation("metrics", blanked=("file_bytes", "rows_read", "rows_loaded", "rows_quarantined")),
    "checks": Relation("metrics", blanked=("rows_checked", "rows_failing", "detail")),
    "quarantine_summary": Relation("metrics", blanked=("row_count",)),
    "dim_organisation": Relation("marts", by_organisation=True),
    "dim_channel": Relation("marts"),
    "dim_product": Relation("marts"),
    "dim_compliance_rule": Relation("marts", subject="compliance"),
    "fct_compliance_findings": Relation("marts", subject="compliance", by_organisation=True),
    "fct_compliance_finding_evidence": Relation(
        "marts", subject="compliance", records=True, within=("finding_id", "fct_compliance_findings")
    ),
    "dim_scorecard_attribute": Relation("marts", subject="credit"),
    "fct_borrower_scores": Relation("marts", subject="credit", hidden=("borrower_number", "loan_number")),
    "agg_credit_score_bands": Relation("marts", subject="credit"),
    "agg_credit_cutoffs": Relation("marts", subject="credit"),
    "agg_credit_model_quality": Relation("marts", subject="credit"),
}

# A code in a scope covers what lies below it in the organisation tree.
SCOPE_STATEMENTS = """
create table visible_subjects as select unnest($subjects::varchar[]) as subject;
create table visible_organisations as
with recursive covered as (
    select organisation_code
    from published.marts.dim_organisation
    where list_contains($organisation_scope::varchar[], organisation_code)
    union
    select below.organisation_code
    from published.marts.dim_organisation as below
    inner join covered on below.parent_organisation_code = covered.organisation_code
)

select organisation_code from covered;
"""


def view_statement(name: str, relation: Relation, rule: AccessRule) -> str:
    """The `create view` that shows of one relation what the role may see; columns as published, but for hidden ones."""
    bounds = []
    visible_metrics = "select metric_code from published.metrics.metric_catalogue where subject in (select subject from visible_subjects)"
    if (relation.subject and not rule.sees(relation.subject)) or (relation.records and not rule.may_drill):
        bounds.append("false")
    if relation.by_metric and EVERYTHING not in rule.subjects:
        bounds.append(f"metric_code in ({visible_metrics})")
    if EVERYTHING not in rule.subjects:
        bounds += [f"({end}_layer <> 'metric' or {end}_column in ({visible_metrics}))" for end in relation.ends]
    if relation.by_organisation and not rule.sees_every_organisation:
        bounds.append("organisation_code in (select organisation_code from visible_organisations)")
    if relation.within:
        column, bounding = relation.within
        bounds.append(f"{column} in (select {column} from {bounding})")
    columns = [*(() if rule.may_drill else relation.hidden), *(() if rule.sees_every_organisation else relation.totals)]
    hidden = f" exclude ({', '.join(columns)})" if columns else ""
    if relation.blanked and not rule.sees_every_organisation:
        hidden += f" replace ({', '.join(f'null as {column}' for column in relation.blanked)})"
    where = f" where {' and '.join(bounds)}" if bounds else ""
    return f"create view {name} as select *{hidden} from published.{relation.schema}.{name}{where}"


def record_view_statement(table: str, columns: set[str], rule: AccessRule) -> str:
    """The `create view marts.<table>` over which records behind values are read: none without drilling, else the role's organisations'.

    Which metrics' records may be asked is bounded by `metric_records`. Dimensions name no record: every role reads their codes.
    """
    bounds = []
    if not table.startswith("dim_"):
        bounds += [] if rule.may_drill else ["false"]
        if not rule.sees_every_organisation:
            scoped = "organisation_code in (select organisation_code from visible_organisations)"
            bounds.append(scoped if "organisation_code" in columns else "false")
    where = f" where {' and '.join(bounds)}" if bounds else ""
    return f"create view marts.{table} as select * from published.marts.{table}{where}"
