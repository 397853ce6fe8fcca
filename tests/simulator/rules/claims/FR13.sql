select claim_number from losses
left join (
    select claim_number, min(first_visit_date) as visit_date from medical_treatment
    where treatment_kind <> 'earlier_visit' group by all
)
    using (claim_number)
left join (select claim_number, min(repaired_date) as repaired_date from claim_part group by all) using (claim_number)
where visit_date < effective_date or repaired_date < effective_date or accident_at < issued_at
