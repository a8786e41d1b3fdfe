{{ stage_ads("meta_ads", "campaign_periods") }}
