{{ stage_ads("x_ads", "campaign_days") }}
