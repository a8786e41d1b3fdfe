{{ stage_ads("google_ads", "campaign_days") }}
