-- Every day from or until which a value was known, and the day of the data shown now; the latest first.
select as_of_date as published_on from publication
union
select known_from from metric_values
union
select known_from from superseded_values
union
select known_to from superseded_values
order by published_on desc
