"""What a page offers to take away: its notebook and its script."""
