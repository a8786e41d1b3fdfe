{{ stage_ads("tiktok_ads", "campaigns") }}
