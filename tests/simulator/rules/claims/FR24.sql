with recursive holders as (
    select claim_number, 'phone' as kind, reporter_mobile_number as tie from losses
    union select claim_number, 'device', device_fingerprint_code from losses where device_fingerprint_code is not null
    union select claim_number, 'account', payee_bank_card_number from claim_payment where not has_payment_authorisation
),
links as (
    select distinct a.claim_number as one, b.claim_number as other
    from holders as a inner join holders as b on a.kind = b.kind and a.tie = b.tie and a.claim_number <> b.claim_number
    inner join losses as left_loss on left_loss.claim_number = a.claim_number
    inner join losses as right_loss on right_loss.claim_number = b.claim_number
    where left_loss.insured_id <> right_loss.insured_id
),
reached as (
    select one as start, one as claim_number from links
    union
    select reached.start, links.other from reached inner join links on links.one = reached.claim_number
),
rings as (select start, min(claim_number) as ring, count(*) as size from reached group by start),
judged as (
    select ring, size, count(links.other) / 2 as edges
    from rings inner join links on links.one = rings.start group by all
)
select start from rings inner join judged using (ring, size) where size >= 5 and edges >= 0.4 * size * (size - 1) / 2
