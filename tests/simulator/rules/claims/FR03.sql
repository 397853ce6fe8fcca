select claim_number from losses left join health_declaration using (policy_number)
where case product_line
    when 'motor' then loss_date - effective_date <= 7
    when 'accident' then loss_date - effective_date <= 30
    when 'health' then loss_date - waiting_period_end_date between 0 and 30 end
