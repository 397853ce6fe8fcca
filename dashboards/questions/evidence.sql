select
    record_kind,
    record_key,
    record_date,
    amount,
    note
from fct_compliance_finding_evidence
where finding_id = $finding_id
order by record_date, record_kind, record_key
