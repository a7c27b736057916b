"""Worker processes as the build sees them."""
