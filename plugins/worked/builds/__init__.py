"""One build: look pages up, run the stale ones, collect what they give."""
