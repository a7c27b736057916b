"""The command `worked`.

Imports hosts, builds, pool, cache, exports, settings, page, sandbox, errors and files.
"""
