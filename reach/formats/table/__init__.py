"""Any wide CSV: `map.py` is what the config says of its columns; `rows.py` and `sql.py` read by it.

`refusal.py` tells what is wrong of the cell and not of the event.
"""
