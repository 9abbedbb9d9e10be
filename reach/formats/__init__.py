"""Formats: one provider a file, each turning its own words into our closed ones.

`record.py` says what a format owes the rest; `head.py` looks at a file's first bytes;
`registry.py` knows all formats and recognises by content. `compressed.py` opens what is
packed. `ndjson.py` (with `lenient_json.py`), `delimited.py` (with `csv_rows.py`) and
`parquet.py` read the containers. `reach.py` and `table.py` are the formats themselves; a
table's `table_map.py` is read by `table_rows.py` and `table_sql.py`, which say the same in
Python and in SQL, with `local_time.py` for times that name no zone.
"""
