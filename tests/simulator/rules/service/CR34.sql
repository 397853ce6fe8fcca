-- Of the buyers of a month and branch fewer than 95 in a hundred were reached within the free-look period; or a problem found by a
-- call-back was not settled within three days.
with called as (
    select policy_number, organisation_code, issue_date,
        bool_or(coalesce(succeeded_date <= free_look_end_date, false)) as is_reached
    from policy_callback inner join policy using (policy_number)
    where free_look_end_date < as_of()
    group by all
)
select organisation_code || '/' || strftime(issue_date, '%Y-%m'), 'red' from called
group by organisation_code, strftime(issue_date, '%Y-%m')
having count(*) filter (is_reached) < 0.95 * count(*)
union all
select attempt_number, 'red' from policy_callback
where call_result = 'problem' and coalesce(problem_handled_date, as_of()) - attempted_date > 3
