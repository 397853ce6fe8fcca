select earlier.claim_number
from medical_treatment as earlier
inner join medical_treatment as claimed
    on claimed.claim_number = earlier.claim_number and claimed.diagnosis_group = earlier.diagnosis_group
inner join losses on losses.claim_number = earlier.claim_number
inner join health_declaration using (policy_number)
where earlier.treatment_kind = 'earlier_visit' and claimed.treatment_kind <> 'earlier_visit' and not has_illness
    and earlier.first_visit_date between (effective_date - interval 24 month)::date and effective_date - 1
