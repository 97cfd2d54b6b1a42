"""Body -> text, Markdown, HTML: one source, three looks."""
