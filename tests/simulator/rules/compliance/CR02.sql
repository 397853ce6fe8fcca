select agreement_number, if(valid_to_date < as_of(), 'red', 'yellow')
from intermediary_agreement
where renewal_signed_date is null and (
    valid_to_date between as_of() and as_of() + 60
    or exists (
        select 1 from policy
        where policy.intermediary_code = intermediary_agreement.intermediary_code and issue_date > valid_to_date
    )
)
