"""Tables that count people and not messages: one row a post, a mention, a placement, an event.

`media_format.py` reads a table by its table of columns, `cells.py` reads a cell, `impossible.py`
knows what can't be; each other file is one provider's, or one of the office's own.
"""
