{{ stage_ads("tiktok_ads", "ads") }}
