{{ stage_ads("amazon_ads", "campaign_days") }}
