{{ stage_ads("snapchat_ads", "accounts") }}
