select claim_number from claim_document where verification_result = 'mismatched'
union
select later.claim_number from claim_document as later inner join claim_document as earlier
    on (earlier.invoice_number = later.invoice_number or earlier.image_hash = later.image_hash)
    and earlier.document_number <> later.document_number and earlier.received_date <= later.received_date
