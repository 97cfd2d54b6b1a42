"""What is kept of the scored blocks, and why."""
