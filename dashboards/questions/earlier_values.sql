-- Other values published before for one period and cut, the latest first: until when each was known, and why it was replaced.
select
    superseded_values.value,
    superseded_values.known_from,
    superseded_values.known_to,
    coalesce(metric_restatements.accepted_cause, metric_restatements.cause) as cause,
    metric_restatements.status,
    metric_restatements.accepted_by,
    metric_restatements.accepted_reason
from superseded_values
left join metric_restatements on superseded_values.restatement_id = metric_restatements.restatement_id
where
    superseded_values.metric_code = $metric_code and superseded_values.is_in_force
    and superseded_values.dimension_set = $dimension_set and superseded_values.grain = $grain
    and superseded_values.period_start_date = $period_start_date
    and superseded_values.organisation_code is not distinct from $organisation_code
    and superseded_values.channel_code is not distinct from $channel_code
    and superseded_values.product_code is not distinct from $product_code
order by superseded_values.known_to desc
