with

records as (

    select * from {{ ref('int_core__customer_records_keyed') }}
    where customer_type = 'natural' and mobile_token is not null

),

agents as (

    select * from {{ ref('stg_master_data__employees') }}
    where employee_type = 'agent' and mobile_token is not null

),

rules as (

    select rules.*
    from {{ ref('compliance_rules') }} as rules
    cross join {{ ref('int_core__as_of_date') }} as as_of
    where {{ rule_holds_on('CR19', 'as_of.as_of_date') }}

),

-- One person may have records in several companies: the first one with the number counts.
people as (

    select * from records
    qualify row_number() over (partition by mobile_token, customer_key order by registered_date, customer_id) = 1

),

numbered_people as (

    select
        *,
        row_number() over (partition by mobile_token order by registered_date, customer_id) as person_number
    from people

),

shared_numbers as (

    select
        numbered_people.mobile_token,
        count(*) as person_count,
        max(rules.minimum_count) as minimum_count,
        -- the person who brought the number to the limit dates and places the finding
        max(numbered_people.registered_date) filter (where numbered_people.person_number = rules.minimum_count) as business_date,
        max(numbered_people.organisation_code) filter (where numbered_people.person_number = rules.minimum_count) as organisation_code
    from numbered_people
    cross join rules
    group by numbered_people.mobile_token
    having count(*) >= max(rules.minimum_count)
    -- a number used within one household is not suspicious; a person without a household stands alone
    and count(distinct coalesce('household ' || numbered_people.household_code, 'person ' || numbered_people.customer_key)) > 1

),

salesperson_matches as (

    select
        agents.mobile_token,
        agents.employee_code,
        agents.organisation_code,
        agents.channel_code,
        people.customer_key,
        people.registered_date
    from people
    cross join rules
    inner join agents on people.mobile_token = agents.mobile_token
    -- salespeople may be customers under their own number
    where people.id_number_token is distinct from agents.id_number_token

),

salesperson_numbers as (

    select
        mobile_token,
        employee_code,
        organisation_code,
        channel_code,
        count(distinct customer_key) as person_count,
        min(registered_date) as business_date
    from salesperson_matches
    group by mobile_token, employee_code, organisation_code, channel_code

),

shared_findings as (

    select
        'CR19' as rule_code,
        'mobile_number' as subject_kind,
        left(shared_numbers.mobile_token, 24) as subject_code,
        shared_numbers.organisation_code,
        cast(null as varchar) as channel_code,
        cast(null as varchar) as intermediary_code,
        shared_numbers.business_date,
        'red' as severity,
        shared_numbers.person_count as measured_value,
        shared_numbers.minimum_count as threshold_value,
        cast(null as date) as due_date,
        '同一手机号登记于 ' || shared_numbers.person_count || ' 名非同户客户' as summary_zh,
        'One mobile number stands on ' || shared_numbers.person_count || ' persons of different households' as summary_en,
        'customer' as record_kind,
        people.customer_id as record_key,
        people.registered_date as record_date,
        cast(null as decimal(18, 2)) as record_amount,
        'customer_key=' || people.customer_key || ', household=' || coalesce(people.household_code, 'none') as record_note
    from shared_numbers
    inner join people on shared_numbers.mobile_token = people.mobile_token

),

salesperson_evidence as (

    select
        mobile_token,
        employee_code,
        'employee' as record_kind,
        employee_code as record_key,
        hired_date as record_date,
        'registration_status=' || registration_status as record_note
    from agents
    union all
    select
        agents.mobile_token,
        agents.employee_code,
        'customer' as record_kind,
        people.customer_id as record_key,
        people.registered_date as record_date,
        'customer_key=' || people.customer_key as record_note
    from agents
    inner join people
        on
            agents.mobile_token = people.mobile_token
            and agents.id_number_token is distinct from people.id_number_token

),

salesperson_findings as (

    select
        'CR19' as rule_code,
        'salesperson' as subject_kind,
        salesperson_numbers.employee_code as subject_code,
        salesperson_numbers.organisation_code,
        salesperson_numbers.channel_code,
        cast(null as varchar) as intermediary_code,
        salesperson_numbers.business_date,
        'red' as severity,
        salesperson_numbers.person_count as measured_value,
        1 as threshold_value,
        cast(null as date) as due_date,
        '销售人员 ' || salesperson_numbers.employee_code || ' 的手机号被 ' || salesperson_numbers.person_count
        || ' 名客户留作联系电话' as summary_zh,
        'The mobile number of salesperson ' || salesperson_numbers.employee_code || ' stands on '
        || salesperson_numbers.person_count || ' customers' as summary_en,
        salesperson_evidence.record_kind,
        salesperson_evidence.record_key,
        salesperson_evidence.record_date,
        cast(null as decimal(18, 2)) as record_amount,
        salesperson_evidence.record_note
    from salesperson_numbers
    inner join salesperson_evidence
        on
            salesperson_numbers.mobile_token = salesperson_evidence.mobile_token
            and salesperson_numbers.employee_code = salesperson_evidence.employee_code

),

findings as (

    select * from shared_findings
    union all
    select * from salesperson_findings

)

select * from findings
