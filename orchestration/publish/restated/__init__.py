"""Which numbers of closed periods moved between certified versions, and why."""
