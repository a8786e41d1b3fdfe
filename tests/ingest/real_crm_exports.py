"""Which stream each real CRM file feeds, and why the others feed none."""

_HUBSPOT = "fivetran_connector_tables/hubspot"
_SALESFORCE = "fivetran_connector_tables/salesforce"
_DUMP = "salesforce_object_dump"

CRM_LOADED = {
    **{
        f"{_HUBSPOT}/{file}_data.csv": f"hubspot/{stream}"
        for file, stream in {
            "company": "companies",
            "company_property_history": "company_property_history",
            "contact": "contacts",
            "contact_form_submission": "form_submissions",
            "contact_merge_audit": "contact_merges",
            "contact_property_history": "contact_property_history",
            "deal": "deals",
            "deal_company": "deal_companies",
            "deal_contact": "deal_contacts",
            "deal_pipeline": "deal_pipelines",
            "deal_pipeline_stage": "deal_pipeline_stages",
            "deal_property_history": "deal_property_history",
            "deal_stage": "deal_stage_history",
            "engagement_call": "engagements",
            "engagement_communication": "engagements",
            "engagement_contact": "engagement_contacts",
            "engagement_deal": "engagement_deals",
            "engagement_email": "engagements",
            "engagement_meeting": "engagements",
            "engagement_note": "engagements",
            "engagement_task": "engagements",
            "merged_deal": "deal_merges",
            "owner": "owners",
        }.items()
    },
    **{
        f"{_HUBSPOT}/company_data_{engine}.csv": "hubspot/companies"
        for engine in ("databricks", "postgres", "snowflake")
    },
    **{
        f"{_SALESFORCE}/sf_{file}_data.csv": f"salesforce/{stream}"
        for file, stream in {
            "account": "accounts",
            "account_history": "accounts",
            "contact": "contacts",
            "contact_history": "contacts",
            "lead": "leads",
            "opportunity": "opportunities",
            "opportunity_history": "opportunities",  # the connector's history of the object, not Salesforce's own
            "task": "tasks",
            "user": "users",
        }.items()
    },
    **{
        f"{_DUMP}/data/{file}.csv": f"salesforce/{stream}"
        for file, stream in {
            "Account": "accounts",
            "Campaign": "campaigns",
            "CampaignMember": "campaign_members",
            "Contact": "contacts",
            "Lead": "leads",
            "Opportunity": "opportunities",
            "Task": "tasks",
        }.items()
    },
}

# Globs of file names, and why such a file is nobody's: it stays where it lies and holds nothing back.
CRM_LEFT_ALONE = {
    f"{_HUBSPOT}/contact_list*": "who was on which mailing list is no stage and no response",
    f"{_HUBSPOT}/email_*": "events of bulk mail name recipients by address alone and answer nobody",
    f"{_HUBSPOT}/engagement_company_data.csv": "a response is a person's; the company follows from the person",
    f"{_HUBSPOT}/engagement_data.csv": "the tables of each type say the same and more",
    f"{_HUBSPOT}/form_data.csv": "names of forms",
    f"{_HUBSPOT}/owner_team_data.csv": "the organisation of the sales team",
    f"{_HUBSPOT}/property*": "the portal's own definitions",
    f"{_HUBSPOT}/role_data.csv": "rights of colleagues",
    f"{_HUBSPOT}/team*": "the organisation of the sales team",
    f"{_HUBSPOT}/ticket*": "support tickets are no source of any KPI",
    f"{_HUBSPOT}/users_data.csv": "logins; owners have a table of their own",
    f"{_SALESFORCE}/sf_event_data.csv": "calendar entries; calls and e-mails are tasks",
    f"{_SALESFORCE}/sf_opportunity_line_item_data.csv": "products of a deal; the deal has the amount",
    f"{_SALESFORCE}/sf_order_data.csv": "orders come from the shop or the books",
    f"{_SALESFORCE}/sf_product_2_data.csv": "the product catalogue",
    f"{_SALESFORCE}/sf_user_role_data.csv": "the organisation of the sales team",
    f"{_DUMP}/Relation/*": "which contact also works for which account",
    f"{_DUMP}/data/Branch__c.csv": "a custom object",
    f"{_DUMP}/data/Case.csv": "support cases are no source of any KPI",
}
