"""From a finished build to a certified version: candidate, audit record, atomic switch, retention."""
