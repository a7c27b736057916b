"""What runs inside worker processes; only here are NumPy and matplotlib.

Imports sandbox, svg, protocol, hints, limits and palette.
"""
