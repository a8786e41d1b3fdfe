{{ stage_ads("pinterest_ads", "campaigns") }}
