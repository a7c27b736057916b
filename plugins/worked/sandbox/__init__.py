"""Close a process in: what cells may do to the machine."""
