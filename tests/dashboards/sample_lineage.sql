-- Lineage of the sample: two metrics of one mart, one of another, checks, deliveries and one failed check.
create table metrics.lineage_edges (
    from_layer varchar, from_table varchar, from_column varchar, to_layer varchar, to_table varchar, to_column varchar,
    use varchar, expressions varchar[]
);
insert into metrics.lineage_edges values
('delivery', 'policy_admin/policy', 'premium', 'staging', 'stg_policy_admin__policies', 'premium_amount', 'value', ['CAST(premium AS DECIMAL(18, 2))']),
('delivery', 'policy_admin/policy', 'state', 'staging', 'stg_policy_admin__policies', '*', 'filter', ['where state <> ''void''']),
('delivery', 'policy_admin/policy', '*', 'staging', 'stg_policy_admin__policies', '*', 'rows', []),
('delivery', 'account/clearing_entry', 'is_error', 'mart', 'fct_clearing_entries', 'is_error', 'value', []),
('seed', 'product_lines', 'product_line', 'intermediate', 'int_business__premiums', 'product_line', 'value', []),
('staging', 'stg_policy_admin__policies', 'premium_amount', 'intermediate', 'int_business__premiums', 'premium_amount', 'value', []),
('staging', 'stg_policy_admin__policies', '*', 'intermediate', 'int_business__premiums', '*', 'rows', []),
('intermediate', 'int_business__premiums', 'premium_amount', 'mart', 'agg_premiums_daily', 'written_premium', 'value', ['SUM(premium_amount)']),
('intermediate', 'int_business__premiums', 'product_line', 'mart', 'agg_premiums_daily', '*', 'group', ['group by product_line']),
('intermediate', 'int_business__premiums', '*', 'mart', 'agg_premiums_daily', '*', 'rows', []),
('mart', 'agg_premiums_daily', 'written_premium', 'metric', 'metric', 'gross_written_premium', 'value', ['sum(written_premium)']),
('mart', 'agg_premiums_daily', '*', 'metric', 'metric', 'gross_written_premium', 'rows', []),
('mart', 'agg_premiums_daily', 'written_premium', 'metric', 'metric', 'average_premium_per_policy', 'value', ['sum(written_premium)']),
('mart', 'fct_clearing_entries', 'is_error', 'metric', 'metric', 'clearing_error_rate', 'filter', ['where is_error']),
('metric', 'metric', 'gross_written_premium', 'tile', 'cockpit_page', 'gross_written_premium', 'value', []),
('metric', 'metric', 'average_premium_per_policy', 'tile', 'cockpit_page', 'average_premium_per_policy', 'value', []),
('metric', 'metric', 'clearing_error_rate', 'tile', 'cockpit_page', 'clearing_error_rate', 'value', []);

create table metrics.metric_lineage (metric_code varchar, layer varchar, table_name varchar, column_name varchar, uses varchar[], hops integer);
insert into metrics.metric_lineage values
('gross_written_premium', 'mart', 'agg_premiums_daily', 'written_premium', ['value'], 1),
('gross_written_premium', 'intermediate', 'int_business__premiums', 'premium_amount', ['value'], 2),
('gross_written_premium', 'staging', 'stg_policy_admin__policies', 'premium_amount', ['value'], 3),
('gross_written_premium', 'delivery', 'policy_admin/policy', 'premium', ['value'], 4),
('average_premium_per_policy', 'mart', 'agg_premiums_daily', 'written_premium', ['value'], 1),
('average_premium_per_policy', 'delivery', 'policy_admin/policy', 'premium', ['value'], 4),
('clearing_error_rate', 'mart', 'fct_clearing_entries', 'is_error', ['filter'], 1),
('clearing_error_rate', 'delivery', 'account/clearing_entry', 'is_error', ['value', 'filter'], 2);

create table metrics.lineage_tables (
    table_name varchar, layer varchar, file varchar, description varchar, tests varchar[], definition_sql varchar
);
insert into metrics.lineage_tables values
('policy_admin/policy', 'delivery', 'models/staging/policy_admin/_policy_admin__sources.yml', 'One row per policy.', [], null),
('account/clearing_entry', 'delivery', 'models/staging/account/_account__sources.yml', 'One row per clearing entry.', [], null),
('product_lines', 'seed', 'seeds/business/product_lines.csv', 'One row per product line.', ['unique_product_lines'], null),
('stg_policy_admin__policies', 'staging', 'models/staging/policy_admin/stg_policy_admin__policies.sql', 'One row per policy.', [], 'select premium from policy'),
('int_business__premiums', 'intermediate', 'models/intermediate/business/int_business__premiums.sql', 'One row per premium.', [], 'select * from policies'),
('agg_premiums_daily', 'mart', 'models/marts/business/agg_premiums_daily.sql', 'One row per day.', ['premium_agrees'], 'select sum(premium_amount) from premiums'),
('fct_clearing_entries', 'mart', 'models/marts/payments/fct_clearing_entries.sql', 'One row per clearing entry.', [], 'select is_error from entries');

create table metrics.checks (
    run_id varchar, checked_at timestamp, layer varchar, subject varchar, table_name varchar, column_name varchar, expectation varchar,
    status varchar, rows_checked bigint, rows_failing bigint, detail varchar
);
insert into metrics.checks values
('sample-run', '2025-04-18 06:10', 'delivery', 'policy_admin', 'policy_admin/policy', 'premium', 'expect_column_values_to_be_between', 'passed', 10, 0, null),
('sample-run', '2025-04-18 06:10', 'delivery', 'account', 'account/clearing_entry', 'is_error', 'expect_column_values_to_not_be_null', 'failed', 10, 3, 'C1'),
('sample-run', '2025-04-18 06:10', 'mart', 'business', 'agg_premiums_daily', null, 'expect_table_columns_to_match_set', 'passed', null, null, null);

create table metrics.loads (
    load_id bigint, source varchar, entity varchar, file varchar, file_sha256 varchar, file_bytes bigint, delivered_date date, status varchar,
    reason varchar, detail varchar, rows_read bigint, rows_loaded bigint, rows_quarantined bigint, loaded_at timestamp, run_id varchar,
    superseded_by_load_id bigint
);
insert into metrics.loads values
(1, 'policy_admin', 'policy', 'policy_admin/policy/dt=2025-03-31/policy.parquet', 'a1', 10, '2025-03-31', 'loaded', null, null, 10, 10, 0, '2025-04-01 06:00', 'r', null),
(2, 'policy_admin', 'policy', 'policy_admin/policy/dt=2025-04-17/policy.parquet', 'a2', 10, '2025-04-17', 'loaded', null, null, 10, 9, 1, '2025-04-18 06:00', 'r', null),
(3, 'account', 'clearing_entry', 'account/clearing_entry/dt=2025-04-16/clearing.parquet', 'a3', 10, '2025-04-16', 'loaded', null, null, 10, 10, 0, '2025-04-17 06:00', 'r', null);

create table metrics.metric_trust_reasons (
    metric_code varchar, reason varchar, layer varchar, table_name varchar, column_name varchar, expectation varchar, checked_at timestamp,
    rows_failing bigint, uses varchar[]
);
insert into metrics.metric_trust_reasons values
('clearing_error_rate', 'failed', 'delivery', 'account/clearing_entry', 'is_error', 'expect_column_values_to_not_be_null', '2025-04-18 06:10', 3, ['value', 'filter']);
