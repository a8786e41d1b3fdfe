{{ stage_ads("reddit_ads", "campaigns") }}
