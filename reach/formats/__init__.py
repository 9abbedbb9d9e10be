"""Formats: one provider a file, each turning its own words into our closed ones.

`record.py` says what a format owes the rest; `head.py` looks at a file's first bytes;
`registry.py` knows all formats and recognises by content; `ndjson.py`, `delimited.py` and
`parquet.py` read the containers; `reach.py` and `table.py` are the formats themselves.
"""
