"""From a file that somebody dropped to a typed part of the lake; plain functions, no Dagster inside.

A file walks through the rooms in this order: `landing` copies it, `unpacking` and `books` make a plain table of it,
`recognition` tells whose export it is by the words of `contracts`, `rows` reads it with the SQL of `cells`, `judging`
holds it to what it says of itself, `keeping` puts it away. `load` leads it, `explain` shows the way without walking it.
"""
