{{ stage_ads("tiktok_ads", "campaign_days") }}
