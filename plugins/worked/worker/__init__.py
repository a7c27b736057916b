"""What runs inside worker processes; only here are NumPy and matplotlib.

Imports sandbox, svg, markup, protocol, hints, limits, numerals and palette.
"""
