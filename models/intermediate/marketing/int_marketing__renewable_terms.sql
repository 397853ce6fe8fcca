with

policies as (

    select * from {{ ref('int_marketing__customer_policies') }}
    where not is_long_term and expiry_date is not null

),

requests as (

    select * from {{ ref('stg_policy_admin__servicing_requests') }}
    where request_status = 'completed'

),

servicing_types as (

    select * from {{ ref('servicing_types') }}

),

claims as (

    select * from {{ ref('stg_claims__claims') }}

),

good_customer_rules as (

    select * from {{ ref('good_customer_rules') }}

),

parameters as (

    select * from {{ ref('marketing_parameters') }}

),

as_of as (

    select * from {{ ref('int_core__as_of_date') }}

),

renewals as (

    select
        policy_number,
        completed_date,
        new_expiry_date
    from requests
    where servicing_type = 'renewal' and new_expiry_date is not null

),

terms as (

    select
        policy_number,
        expiry_date as last_covered_date
    from policies

    union

    select
        renewals.policy_number,
        renewals.new_expiry_date as last_covered_date
    from renewals
    inner join policies on renewals.policy_number = policies.policy_number

),

-- The cover that a customer gave up, or that lapsed, stays ended unless it was reinstated before it fell due.
state_changes as (

    select
        requests.policy_number,
        requests.applied_date,
        requests.request_number,
        servicing_types.in_force_effect = 'ends' as is_ending
    from requests
    inner join servicing_types on requests.servicing_type = servicing_types.servicing_type
    where servicing_types.in_force_effect in ('starts', 'ends') and requests.servicing_type <> 'expiry'

),

ended_terms as (

    select
        terms.policy_number,
        terms.last_covered_date,
        arg_max(state_changes.is_ending, (state_changes.applied_date, state_changes.request_number)) as is_ended
    from terms
    inner join state_changes
        on
            terms.policy_number = state_changes.policy_number
            and state_changes.applied_date <= terms.last_covered_date + 1
    group by terms.policy_number, terms.last_covered_date

),

due as (

    select
        policies.policy_number,
        policies.customer_key,
        policies.organisation_code,
        policies.channel_code,
        policies.product_code,
        policies.product_line,
        terms.last_covered_date,
        cast(terms.last_covered_date + 1 as date) as due_date
    from terms
    inner join policies on terms.policy_number = policies.policy_number
    cross join as_of
    left join ended_terms
        on terms.policy_number = ended_terms.policy_number and terms.last_covered_date = ended_terms.last_covered_date
    where
        terms.last_covered_date < as_of.as_of_date
        and not coalesce(ended_terms.is_ended, false)

),

renewed as (

    select distinct
        due.policy_number,
        due.due_date
    from due
    inner join renewals on due.policy_number = renewals.policy_number and due.last_covered_date < renewals.new_expiry_date
    cross join parameters
    where renewals.completed_date <= due.due_date + parameters.renewal_grace_days

),

claimed as (

    select distinct
        due.policy_number,
        due.due_date
    from due
    inner join good_customer_rules as rules on due.product_line = rules.product_line
    inner join claims on due.policy_number = claims.policy_number
    where
        claims.loss_date <= due.last_covered_date
        and claims.loss_date > due.last_covered_date - to_months(rules.claim_free_months)

),

judged as (

    select
        due.policy_number,
        due.due_date,
        due.customer_key,
        due.organisation_code,
        due.channel_code,
        due.product_code,
        renewed.policy_number is not null as is_renewed,
        rules.product_line is not null and claimed.policy_number is null as is_good_customer
    from due
    left join renewed on due.policy_number = renewed.policy_number and due.due_date = renewed.due_date
    left join claimed on due.policy_number = claimed.policy_number and due.due_date = claimed.due_date
    left join good_customer_rules as rules on due.product_line = rules.product_line

)

select * from judged
