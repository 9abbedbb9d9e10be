"""Numbers that rest on stated guesses: `input_distributions`, and what `monte_carlo` makes of them."""
