{{ config(materialized="view") }}
select *
from {{ ref("int_hubspot__records") }}
union all
select *
from {{ ref("int_salesforce__records") }}
union all
select *
from {{ ref("int_template__records") }}
