{{ stage_web("snowplow", ["event_fingerprint", "app_id"]) }}
