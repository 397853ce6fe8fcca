with insured as (
    select town_code, issue_date, id_number, policy_number,
        exists (
            select 1 from losses where losses.policy_number = policy_party.policy_number
            and losses.reported_date <= policy_party.issue_date + 60
        ) as claims
    from policy_party where town_code is not null
)
select distinct town_code from (
    select first.town_code, first.issue_date, count(distinct other.id_number) as people, count(*) filter (other.claims) as claims
    from (select distinct town_code, issue_date from insured) as first
    inner join insured as other
        on other.town_code = first.town_code and other.issue_date between first.issue_date and first.issue_date + 30
    group by all
) where people >= 20 and claims > 0.3 * people
