"""Formats: one provider a file, each turning its own words into our closed ones.

`record.py` says what a format owes the rest, `words.py` what a table of words is; `head.py`
looks at a file's first bytes; `registry.py` knows all formats and recognises by content.
`compressed.py` opens what is packed. `ndjson.py` (with `lenient_json.py`), `delimited.py`
(with `csv_rows.py`) and `parquet.py` read the containers.

`reach.py` is our own format. `table.py` reads any table by a map: `table_map.py` is read by
`table_rows.py` and `table_sql.py`, which say the same in Python and in SQL, with
`local_time.py` for times that name no zone.

`provider.py` is what providers' formats share: `ses.py`, `sendgrid.py`, `whatsapp.py`,
`twilio.py`. `json_values.py` and `json_document.py` find their records in any layout of JSON,
`epoch.py` reads times in seconds, `mail_status.py` knows why mail servers refuse.
"""
