{{ stage_ads("reddit_ads", "campaign_days") }}
