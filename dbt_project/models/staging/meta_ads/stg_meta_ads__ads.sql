{{ stage_ads("meta_ads", "ads") }}
