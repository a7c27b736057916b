"""A drawing as text: check it, place it, find what several share."""
