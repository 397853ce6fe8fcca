select claim_number from losses
where has_left_scene or report_distance_km > 5 or regexp_matches(loss_description, '驶离现场|逃逸|未报警')
