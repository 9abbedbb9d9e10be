"""What holds records: lines, arrays and documents of JSON, rows of CSV and of Parquet, packed or plain.

`head.py` looks at a file's first bytes. `compressed.py` opens what is packed. `ndjson.py`
reads an object a line, `json_values.py` the other layouts of lines, `json_document.py` JSON
that pays no heed to lines, `json_page.py` an interface's pages; `lenient_json.py` says what
JSON is. `delimited.py` reads CSV with the grammar of `csv_rows.py`, `parquet.py` Parquet.
"""
