{{ stage_web("ga4", ["event_date", "is_intraday", "bundle_sequence_id", "batch_page_id", "batch_ordering_id", "batch_event_index", "stream_id"]) }}
