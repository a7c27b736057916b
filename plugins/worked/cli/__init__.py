"""The command `worked`."""
