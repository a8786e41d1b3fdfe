{{ stage_ads("meta_ads", "accounts") }}
