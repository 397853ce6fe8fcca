select claim_number from claim_document
where exif_difference_hours > 24 or exif_distance_km > 2 or manipulation_ratio >= 0.8
