"""What each block of text is worth: features, two stages of trees, and the words that they know."""
