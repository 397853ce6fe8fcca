select claim_number from medical_treatment where face_match_ratio < 0.6
