{{ stage_ads("snapchat_ads", "campaigns") }}
