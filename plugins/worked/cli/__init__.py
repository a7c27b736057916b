"""The command `worked`.

Imports hosts, builds, changes, pool, cache, exports, review, settings, page, sandbox, errors and
files.
"""
