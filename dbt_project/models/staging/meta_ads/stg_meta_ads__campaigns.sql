{{ stage_ads("meta_ads", "campaigns") }}
