-- PSI of each month's borrowers against the development sample, with the bounds that hold for the metric.
with

bounds as (

    select
        target_value,
        coalesce(red_value, amber_value) as red_bound
    from metric_targets
    where metric_code = 'population_stability_index' and organisation_code is null and valid_to is null
    order by list_position(['regulatory', 'article', 'benchmark', 'proposal'], kind)
    limit 1

)

select
    agg_credit_model_quality.observation_month,
    agg_credit_model_quality.psi,
    agg_credit_model_quality.borrower_count,
    bounds.target_value,
    bounds.red_bound
from agg_credit_model_quality
left join bounds on true
where
    agg_credit_model_quality.card_version = $card_version
    and agg_credit_model_quality.sample = 'all'
    and agg_credit_model_quality.observation_month is not null
order by agg_credit_model_quality.observation_month
