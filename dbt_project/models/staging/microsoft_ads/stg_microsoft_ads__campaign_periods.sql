{{ stage_ads("microsoft_ads", "campaign_periods") }}
