"""What can be spoilt in each export of the demo: its days, ids, money, words and what they may be taken for."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """What can be spoilt in an export: where its rows say their day, their ids, money, days and words."""

    day: str
    ids: Sequence[str] = ()
    money: Sequence[str] = ()
    counts: Sequence[str] = ()
    days: Sequence[str] = ()
    swaps: Sequence[tuple[str, str]] = ()
    becomes: Sequence[tuple[str, str]] = ()
    blank: Sequence[str] = ()


FORMS = {
    "google_ads/Campaign report.csv": Form(
        "Day", ["Campaign ID"], ["Cost"], ["Clicks", "Impr."], ["Day"], [("Cost", "Clicks"), ("Impr.", "Clicks")],
        [("Currency code", "EUR"), ("Customer ID", "482-715-9999")],
    ),
    "meta_ads/Campaigns.csv": Form(
        "Day", ["Campaign ID"], ["Amount spent (EUR)"], ["Link clicks", "Impressions"], ["Day"],
        [("Amount spent (EUR)", "Link clicks"), ("Impressions", "Link clicks")], [("Account ID", "120330417725999")],
    ),
    "hubspot/contacts.csv": Form(
        "Last Modified Date", ["Record ID", "Email"], [], [],
        ["Create Date", "Became a Lead Date", "Became a Marketing Qualified Lead Date",
         "Became a Sales Qualified Lead Date"],
        [("Became a Marketing Qualified Lead Date", "Became a Sales Qualified Lead Date"),
         ("Create Date", "Became a Marketing Qualified Lead Date")],
        [("Lifecycle Stage", "Lead"), ("Original Source", "Direct Traffic"), ("Email", "info@offices.example.org")],
        ["Became a Marketing Qualified Lead Date", "Became a Sales Qualified Lead Date", "Email", "Create Date"],
    ),
    "hubspot/hubspot-crm-exports-all-deals.csv": Form(
        "Last Modified Date", ["Record ID"], ["Amount"], [], ["Close Date", "Create Date"],
        [("Close Date", "Create Date")],
        [("Deal Stage", "Qualified To Buy"), ("Deal Stage", "Closed Lost")],
        ["Salesforce Opportunity ID", "Associated Contact IDs", "Amount"],
    ),
    "salesforce/Lead.csv": Form(
        "LastModifiedDate", ["Id"], [], [], ["CreatedDate", "ConvertedDate"], [("CreatedDate", "LastModifiedDate")],
        [("LeadSource", "Web"), ("IsDeleted", "1"), ("IsConverted", "")],
        ["Email", "ConvertedDate", "ConvertedOpportunityId", "ConvertedContactId", "CreatedDate"],
    ),
    "salesforce/Contact.csv": Form(
        "LastModifiedDate", ["Id"], [], [], ["CreatedDate"], [], [("Email", "info@offices.example.org")],
        ["AccountId", "Email"],
    ),
    "salesforce/Account.csv": Form(
        "LastModifiedDate", ["Id"], [], [], ["CreatedDate"], [], [("IsDeleted", "1")], ["Name"],
    ),
    "salesforce/Opportunity.csv": Form(
        "LastModifiedDate", ["Id"], ["Amount"], [], ["CloseDate", "CreatedDate"], [("CloseDate", "CreatedDate")],
        [("StageName", "Qualification"), ("IsWon", ""), ("Type", "New Customer"), ("IsDeleted", "1"),
         ("StageName", "Closed Lost")],
        ["Amount", "AccountId", "Type", "CloseDate"],
    ),
    "salesforce/OpportunityHistory.csv": Form(
        "CreatedDate", ["Id"], ["Amount"], [], ["CreatedDate", "CloseDate"], [("CreatedDate", "CloseDate")],
        [("StageName", "Qualification")], ["Amount", "StageName"],
    ),
    "salesforce/Task.csv": Form(
        "CreatedDate", ["Id"], [], [], ["CreatedDate", "ActivityDate"], [],
        [("IsClosed", ""), ("TaskSubtype", "ListEmail")],
        ["WhoId", "OwnerId"],
    ),
    "hubspot/connector/engagement_email.csv": Form(
        "_fivetran_synced", ["engagement_id"], [], [], ["property_hs_timestamp", "property_hs_createdate"], [],
        [("_fivetran_deleted", "true"), ("property_hs_email_direction", "INCOMING_EMAIL")],
        ["property_hubspot_owner_id"],
    ),
    "hubspot/connector/engagement_call.csv": Form(
        "_fivetran_synced", ["engagement_id"], [], [], ["property_hs_timestamp"], [],
        [("_fivetran_deleted", "true")], [],
    ),
    "hubspot/connector/engagement_contact.csv": Form("_fivetran_synced", [], [], [], [], [], [], ["contact_id"]),
    "shopify/orders.csv": Form(
        "Created at", ["Name"], ["Total", "Subtotal", "Taxes", "Shipping", "Lineitem price", "Refunded Amount"],
        ["Lineitem quantity"], ["Created at", "Paid at"], [("Total", "Subtotal"), ("Total", "Taxes")],
        [("Currency", "USD"), ("Currency", "EUR"), ("Financial Status", "pending"), ("Financial Status", "refunded"),
         ("Email", "guest@shop.example.com")],
        ["Email", "Total", "Paid at", "Lineitem sku"],
    ),
    "sheets/costs.csv": Form(
        "month", [], ["amount"], [], ["month"], [("pool", "purpose")],
        [("currency", "EUR"), ("pool", "tools"), ("acquisition_share", "1")], ["channel", "acquisition_share"],
    ),
    "sheets/sponsorships.csv": Form("date", [], ["spend"], [], ["date"], [("spend", "clicks")], [("currency", "EUR")]),
    "sheets/refunds.csv": Form(
        "refunded_at", ["refund_id"], ["amount"], [], ["refunded_at"], [], [("currency", "EUR"), ("order_id", "#1003")],
    ),
    "sheets/euro rates.csv": Form("date", [], ["rate"], [], ["date"], [], [("currency", "GBP"), ("rate", "1.000")]),
    "sheets/job book.csv": Form(
        "ordered_at", ["order_id"], ["gross", "tax", "cogs", "fulfilment"], [], ["ordered_at"], [("gross", "tax")],
        [("currency", "EUR"), ("status", "cancelled")], ["customer_id"],
    ),
    "sheets/sales log.csv": Form(
        "entered_at", ["person_id"], [], [], ["entered_at"], [], [("stage", "mql"), ("stage", "rejected")], [],
    ),
    "sheets/sales log people.csv": Form(
        "updated_at", ["person_id", "email"], [], [], ["created_at"], [],
        [("is_test", "true"), ("deleted_reason", "spam")],
        ["email", "source_channel"],
    ),
    "sheets/sales log answers.csv": Form(
        "responded_at", [], [], [], ["responded_at"], [], [("type", "auto_reply")], [],
    ),
    "sheets/commitments.csv": Form("due", [], [], [], ["due"], [], [("kept", "false"), ("kept", "true")], ["kept"]),
    "sheets/decisions.csv": Form(
        "decided", ["decision_id"], [], [], ["decided", "due", "closed"], [("decided", "closed")],
        [("owner_team", "sales")], ["due", "closed"],
    ),
    "sheets/customers.csv": Form("", ["customer_id"], [], [], [], [], [("segment", "small office")], ["email"]),
}  # fmt: skip
