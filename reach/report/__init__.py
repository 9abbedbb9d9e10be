"""From a result to what people read: terminal, spreadsheet, JSON; in English and Indonesian.

A result is the plain dict that `schemas/result.schema.json` describes. Everything here only
reads it. `render` holds the registry of formats, `terminal` prints on a console.
"""
