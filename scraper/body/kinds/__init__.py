"""What kind of page it is, and why it is refused."""
