"""reach tells whether messages arrived, and not just that they were sent."""
