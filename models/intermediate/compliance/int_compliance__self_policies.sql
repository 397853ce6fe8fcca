with recursive

policies as (

    select * from {{ ref('int_business__policy_attributes') }}
    where employee_code is not null

),

customers as (

    select * from {{ ref('stg_master_data__customers') }}

),

parties as (

    select * from {{ ref('stg_policy_admin__policy_parties') }}

),

employees as (

    select * from {{ ref('stg_master_data__employees') }}

),

relations as (

    select * from {{ ref('stg_compliance__salesperson_relations') }}

),

relation_kinds as (

    select * from {{ ref('self_policy_relations') }}

),

organisations as (

    select * from {{ ref('stg_master_data__organisations') }}

),

-- The province of an organisation is its branch; head office is a province of its own.
branches as (

    select
        organisation_code,
        organisation_code as branch_code
    from organisations
    where organisation_level <= 2

    union all

    select
        organisations.organisation_code,
        branches.branch_code
    from branches
    inner join organisations
        on branches.organisation_code = organisations.parent_organisation_code and organisations.organisation_level > 2

),

-- Policyholder, insured persons and beneficiaries.
people as (

    select
        policies.policy_number,
        customers.id_number_token as person_token
    from policies
    inner join customers on policies.customer_id = customers.customer_id
    where customers.id_number_token is not null

    union

    select
        policy_number,
        id_number_token as person_token
    from parties
    where party_role in ('insured', 'beneficiary') and id_number_token is not null

),

near_people as (

    select
        employee_code,
        id_number_token as person_token
    from employees
    where id_number_token is not null

    union

    select
        relations.employee_code,
        relations.relative_id_token as person_token
    from relations
    inner join relation_kinds on relations.relation = relation_kinds.relation
    where relation_kinds.is_self_policy

),

salespeople as (

    select
        employees.employee_code,
        employees.id_number_token as person_token,
        branches.branch_code,
        employees.hired_date,
        coalesce(employees.left_date, date '9999-12-31') as left_date
    from employees
    inner join branches on employees.organisation_code = branches.organisation_code
    where employees.employee_type = 'agent' and employees.id_number_token is not null

),

self_policies as (

    select distinct
        policies.policy_number,
        true as is_self_policy
    from policies
    inner join people on policies.policy_number = people.policy_number
    inner join near_people
        on policies.employee_code = near_people.employee_code and people.person_token = near_people.person_token

),

mutual_policies as (

    select distinct
        policies.policy_number,
        false as is_self_policy
    from policies
    inner join people on policies.policy_number = people.policy_number
    inner join branches on policies.organisation_code = branches.organisation_code
    inner join salespeople
        on
            people.person_token = salespeople.person_token
            and branches.branch_code = salespeople.branch_code
            and policies.employee_code <> salespeople.employee_code
            and policies.issue_date between salespeople.hired_date and salespeople.left_date
    where policies.policy_number not in (select self_policies.policy_number from self_policies)

),

told as (

    select * from self_policies
    union all
    select * from mutual_policies

)

select * from told
