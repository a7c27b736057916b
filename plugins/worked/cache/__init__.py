"""Results on disk: the store, its keys, and what they depend on."""
