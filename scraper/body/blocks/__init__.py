"""From the page to blocks of text, and from kept blocks to the typed blocks of the body."""
