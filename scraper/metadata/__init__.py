"""What a page says of itself: one syntax a file; page in, plain data out, no opinion."""
