-- What stands behind one metric of the sample: its formula, the fact its values were summed from, files, checks and quarantine.
create table marts.fct_premium_payments as
select
    'PAY' || lpad(cast(row_number() over (order by organisation_code, channel_code, product_code, month_start_date) as varchar), 8, '0') as payment_number,
    if(channel_code = 'BANK', '=HYPERLINK("x")', null) as remark_number,
    organisation_code, channel_code, product_code, month_start_date as accounting_date, numerator as premium_amount
from facts where metric_code = 'gross_written_premium';

create table metrics.metric_formulas as
select 'gross_written_premium' as metric_code, 1 as version, 'round("premium")' as value_expression,
    '"premium"' as numerator_expression, null::varchar as denominator_expression, null::varchar as obstacle
union all
select 'policies_issued', 1, null, null, null, 'conversion';

create table metrics.metric_records as
select 'gross_written_premium' as metric_code, 1 as version, 'premium' as term, ['numerator'] as sides, 'mart' as level,
    'marts.fct_premium_payments' as table_name, 'sum' as aggregation, null::double as quantile, 'records.premium_amount' as measure_expression,
    'records.accounting_date' as time_expression, null::varchar as condition, json_object(
        'company', '(select looked_up.company_code from marts.dim_organisation as looked_up where looked_up.organisation_code = records.organisation_code)',
        'organisation', 'records.organisation_code', 'channel', 'records.channel_code', 'product', 'records.product_code'
    ) as members, ['accounting_date', 'organisation_code', 'channel_code', 'product_code', 'premium_amount'] as columns_read,
    null::varchar as snapshot, null::varchar as window_start, null::varchar as shift, null::integer as filled_with,
    []::varchar[] as facts, null::varchar as obstacle, null::varchar as obstacle_detail;

insert into metrics.metric_lineage
select 'gross_written_premium' as metric_code, 'mart' as layer, 'fct_premium_payments' as table_name, 'premium_amount' as column_name,
    ['value'] as uses, 1 as hops
union all
select 'gross_written_premium', 'mart', 'fct_premium_payments', '*', ['rows'], 1
union all
select 'gross_written_premium', 'delivery', 'policy_admin/premium_payment', '*', ['rows'], 3
union all
select 'gross_written_premium', 'delivery', 'policy_admin/premium_payment', 'amount', ['value'], 3;

create table metrics.runs as
select 'sample-run' as run_id, timestamp '2025-04-18 05:00' as started_at, timestamp '2025-04-18 06:30' as ended_at, 'succeeded' as status,
    'f00dfeed' as project_hash, 'abc1234def+' as git_commit, 'v1' as published_version, null::varchar as detail;

insert into metrics.loads
select * from (values
    (11, 'policy_admin', 'premium_payment', 'policy_admin/premium_payment/dt=2025-03-31/p.csv', 'aa11', 10, date '2025-03-31', 'loaded', null, null,
        12, 11, 1, timestamp '2025-04-18 05:10', 'sample-run', null),
    (12, 'policy_admin', 'premium_payment', 'policy_admin/premium_payment/dt=2025-04-18/p.csv', 'bb22', 10, date '2025-04-18', 'loaded', null, null,
        9, 9, 0, timestamp '2025-04-18 05:11', 'sample-run', null),
    (13, 'claims', 'claim', 'claims/claim/dt=2025-04-18/c.csv', 'cc33', 10, date '2025-04-18', 'loaded', null, null,
        5, 5, 0, timestamp '2025-04-18 05:12', 'sample-run', null)
) as loads (load_id, source, entity, file, file_sha256, file_bytes, delivered_date, status, reason, detail, rows_read, rows_loaded,
    rows_quarantined, loaded_at, run_id, superseded_by_load_id);

insert into metrics.checks
select * from (values
    ('sample-run', timestamp '2025-04-18 06:00', 'mart', 'business', 'fct_premium_payments', 'premium_amount', 'not_null', 'passed', 99, 0, null),
    ('sample-run', timestamp '2025-04-18 06:00', 'delivery', 'policy_admin', 'policy_admin/premium_payment', 'amount', 'positive_amount', 'failed',
        99, 2, null)
) as checks (run_id, checked_at, layer, subject, table_name, column_name, expectation, status, rows_checked, rows_failing, detail);

create table metrics.quarantine_summary as
select 'policy_admin' as source, 'premium_payment' as entity, 'wrong_type' as rule, 'amount' as column_name, 'open' as status, 1::bigint as row_count,
    timestamp '2025-04-18 05:10' as first_at, timestamp '2025-04-18 05:10' as last_at;
