select claim_number from medical_treatment
where (stay_days_count >= 20 and diagnosis_group in ('sprain', 'superficial_injury')) or has_spending_elsewhere
