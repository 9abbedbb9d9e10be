"""Records in a provider's own words: a file a format, and what they share."""
