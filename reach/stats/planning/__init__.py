"""Before the campaign: what several messages to one person tell (`sending`), and the `power`."""
