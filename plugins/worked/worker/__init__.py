"""What runs inside worker processes; only here are NumPy and matplotlib."""
