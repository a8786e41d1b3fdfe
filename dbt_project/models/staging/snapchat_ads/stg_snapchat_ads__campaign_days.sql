{{ stage_ads("snapchat_ads", "campaign_days") }}
