select diligence_number, 'red' from customer_due_diligence
where not is_complete
    and business_amount >= case business_kind when 'premium_cash' then 20000 when 'premium_transfer' then 200000 else 10000 end
