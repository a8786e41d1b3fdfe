{{ stage_ads("pinterest_ads", "campaign_days") }}
