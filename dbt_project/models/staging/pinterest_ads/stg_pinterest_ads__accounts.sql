{{ stage_ads("pinterest_ads", "accounts") }}
