select
    metric_targets.organisation_code,
    metric_targets.grain,
    metric_targets.valid_from,
    metric_targets.valid_to,
    metric_targets.target_value,
    metric_targets.amber_value,
    metric_targets.red_value,
    metric_targets.kind,
    metric_targets.source
from metric_targets
where metric_code = $metric_code
order by valid_from desc, grain, organisation_code nulls first
