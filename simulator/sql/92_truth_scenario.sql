-- Planted cases of the risk points FR29 (return-freight abuse) and FR30 (flight-delay stacking). The subject is the buyer
-- or the passenger by token; the records are the policies.
insert into truth.planted_cases
with notes(rule_code, case_number, case_kind, explanation) as (
    values
    ('FR29', 29011, 'fire', '12 orders in 23 days, 9 sent back'),
    ('FR29', 29012, 'fire', 'boundary: exactly 10 orders in 28 days, 7 sent back'),
    ('FR29', 29013, 'silent', 'boundary: 6 of 10 orders sent back is exactly 60 %'),
    ('FR29', 29014, 'silent', 'boundary: 9 orders are too few, all sent back'),
    ('FR29', 29015, 'silent', 'near miss: 10 orders, all sent back, but at most 4 in 30 days'),
    ('FR29', 29016, 'fire', 'sent back over 0.6 kilometres'),
    ('FR29', 29017, 'silent', 'boundary: sent back over exactly 1 kilometre'),
    ('FR29', 29018, 'silent', 'near miss: 0.4 kilometres, not sent back'),
    ('FR29', 29019, 'fire', 'sent back to a seller with the buyer''s contact'),
    ('FR29', 29020, 'silent', 'near miss: buyer and seller share a contact, not sent back'),
    ('FR30', 30011, 'fire', 'boundary: three covers of one passenger on one flight'),
    ('FR30', 30012, 'silent', 'near miss: three covers of one passenger on three flights of a day'),
    ('FR30', 30013, 'silent', 'boundary: two covers of one passenger on one flight, which was late'),
    ('FR30', 30014, 'fire', 'claimed without having checked in'),
    ('FR30', 30015, 'fire', 'claimed, checked in, not boarded though the flight left'),
    ('FR30', 30016, 'silent', 'near miss: claimed, checked in, not boarded because the flight was cancelled'),
    ('FR30', 30017, 'silent', 'near miss: late flight, not checked in, not claimed'),
    ('FR30', 30018, 'silent', 'boundary: 3 of 5 flights of twelve months two hours late is exactly 60 %'),
    ('FR30', 30019, 'fire', '4 of 5 flights of twelve months two hours late')
),

covers as (
    select parcel.case_number, parcel.buyer as subject, policy.organisation_code, parcel.issue_date, parcel.policy_number, 'buyer' as subject_kind
    from world.parcel
    inner join world.policy on policy.policy_id = parcel.policy_id
    where parcel.case_number is not null
    union all
    select booking.case_number, booking.passenger, policy.organisation_code, booking.issue_date, booking.policy_number, 'passenger'
    from world.flight_booking as booking
    inner join world.policy on policy.policy_id = booking.policy_id
    where booking.case_number is not null
)

select
    notes.rule_code,
    notes.case_number,
    notes.case_kind,
    -- Risk points score a claim; whether a person looks depends on the sum, so they have no severity of their own.
    null as severity,
    covers.subject_kind,
    substr(md5(covers.subject_kind || '/' || covers.subject), 1, 20) as subject_code,
    min(covers.organisation_code) as organisation_code,
    max(covers.issue_date) as business_date,
    notes.explanation,
    string_agg(covers.policy_number, ' ' order by covers.policy_number) as record_codes
from notes
inner join covers on covers.case_number = notes.case_number
group by notes.rule_code, notes.case_number, notes.case_kind, covers.subject_kind, covers.subject, notes.explanation;
