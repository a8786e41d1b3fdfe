"""One refresh: from the lock to what people read when it ends."""
