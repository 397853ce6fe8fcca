select claim_number from medical_treatment where home_distance_km > 100 and not is_referral
