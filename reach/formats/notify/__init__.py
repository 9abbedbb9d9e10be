"""GOV.UK Notify: its words in `words.py`; callbacks and pages in `message.py`; CSV in `table.py`."""
