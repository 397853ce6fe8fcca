select claim_number from losses
where late_report_reason is null and product_line in ('motor', 'life', 'annuity', 'health', 'accident')
    and epoch(reported_at) - epoch(accident_at) > 3600 * case when is_motor then 48 else 240 end
