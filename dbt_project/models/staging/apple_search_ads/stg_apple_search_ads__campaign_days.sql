{{ stage_ads("apple_search_ads", "campaign_days") }}
