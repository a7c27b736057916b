"""What build and worker say to each other: plain data and its JSON.

Imports limits.
"""
