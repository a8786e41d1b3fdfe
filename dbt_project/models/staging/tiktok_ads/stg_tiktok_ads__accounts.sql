{{ stage_ads("tiktok_ads", "accounts") }}
