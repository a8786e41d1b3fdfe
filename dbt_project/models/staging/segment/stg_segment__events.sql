{{ stage_web("segment", ["call_type", "email_key", "received_at"]) }}
