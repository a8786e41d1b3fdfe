{{ stage_ads("linkedin_ads", "campaign_days") }}
