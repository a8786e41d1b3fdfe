select * from {{ ref("int_deal_reports") }} where gone_as is null
