"""What a message that arrived did `cost`, by the theorem of `fieller` where costs differ."""
