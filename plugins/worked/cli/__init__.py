"""The command `worked`.

Imports hosts, builds, changes, pool, cache, exports, settings, page, sandbox, errors and files.
"""
